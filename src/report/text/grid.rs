//! Tables as plain text for a terminal, in 80 columns where they fit.

use crate::report::{Cell, Format, Table, shown};
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table as Grid, TableStyle,
    Width,
};

/// The width that tables are made for.
const WIDTH: u16 = 80;

/// A line below the header and nothing else.
const RULE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A table as text: its title underlined, its columns aligned, its note below. Of a longer table
/// only the first `most` rows, with a line that says how many there are.
pub fn to_text(table: &Table, most: usize) -> String {
    let mut grid = Grid::new();
    grid.load_style(RULE).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    grid.set_header(table.columns.iter().map(|column| column.title.clone()));
    for (at, column) in table.columns.iter().enumerate() {
        let is_text = matches!(column.format, Format::Text | Format::Prose | Format::Date);
        if let (false, Some(column)) = (is_text, grid.column_mut(at)) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    keep_words_whole(&mut grid, table, most);
    for row in table.rows.iter().take(most) {
        grid.add_row(row.iter().zip(&table.columns).map(|(cell, column)| match cell {
            Cell::Empty => String::new(),
            _ => tame(&shown(cell, column.format)),
        }));
    }
    let mut text = format!("{}\n", table.title);
    for line in grid.lines() {
        text += line.trim_end();
        text.push('\n');
    }
    if table.rows.len() > most {
        text += &format!(" … {} rows in all\n", table.rows.len());
    }
    if !table.note.is_empty() {
        text += &wrapped(&table.note, WIDTH as usize - 1, " ");
    }
    text
}

/// A text that steers no terminal and fills no screen: control characters and marks that turn the
/// direction of writing are shown as such, and what is very long is cut.
fn tame(text: &str) -> String {
    const LONGEST: usize = 240;
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_tame = |c: char| if c.is_control() || turns(c) { '\u{fffd}' } else { c };
    let mut tame: String = text.chars().take(LONGEST).map(is_tame).collect();
    if text.chars().nth(LONGEST).is_some() {
        tame.push('…');
    }
    tame
}

/// Where a table is too wide, its columns move together and stay at least as wide as their longest word, and
/// names are not broken where there is room for them. Numbers, with their units, are never broken.
fn keep_words_whole(grid: &mut Grid, table: &Table, most: usize) {
    let whole = |text: &str| text.chars().count();
    let longest = |text: &str| text.split_whitespace().map(whole).max().unwrap_or(0);
    let is_number = |format: Format| !matches!(format, Format::Text | Format::Prose);
    let is_name = |format: Format| format == Format::Text;
    // Wide enough for headers and cells that are whole, or for their longest words.
    let widths = |heads_whole: bool, names_whole: bool| -> Vec<u16> {
        let columns = table.columns.iter().enumerate();
        let width = columns.map(|(at, column)| {
            let is_whole = is_number(column.format) || (names_whole && is_name(column.format));
            let cells = table.rows.iter().take(most).map(|row| {
                let cell = tame(&shown(&row[at], column.format));
                if is_whole { whole(&cell) } else { longest(&cell) }
            });
            let title = if heads_whole { whole(&column.title) } else { longest(&column.title) };
            cells.chain([title]).max().unwrap_or(0) as u16
        });
        width.collect()
    };
    // Beside each column stands its padding, the first always begins with a space, and between two stands one
    // of the style's own.
    let room = |padding: u16| {
        let columns = table.columns.len() as u16;
        WIDTH.saturating_sub(columns * padding + columns.saturating_sub(1) + (2 - padding))
    };
    let fits = |widths: &[u16], padding: u16| {
        widths.iter().map(|width| u32::from(*width)).sum::<u32>() <= u32::from(room(padding))
    };
    let has_prose = table.columns.iter().any(|column| column.format == Format::Prose);
    if !has_prose && fits(&widths(true, true), 2) {
        return;
    }
    let ways = [(true, 2), (true, 1), (false, 2), (false, 1)];
    let fitting =
        ways.into_iter().map(|(names_whole, padding)| (widths(false, names_whole), padding));
    let Some((fitting, padding)) = fitting.into_iter().find(|(w, padding)| fits(w, *padding))
    else {
        return;
    };
    for (at, (width, own)) in fitting.into_iter().zip(&table.columns).enumerate() {
        let Some(column) = grid.column_mut(at) else { continue };
        let left = if at == 0 { 1 } else { padding - 1 };
        column.set_padding((left, 1));
        let width = Width::Fixed(width + left + 1);
        column.set_constraint(match is_number(own.format) {
            true => ColumnConstraint::Absolute(width),
            false => ColumnConstraint::LowerBoundary(width),
        });
    }
}

/// A text broken into lines of at most `width` characters, each after the indent.
pub fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        let long = lines[last].chars().count() + 1 + word.chars().count() + indent.len() > width;
        if !lines[last].is_empty() && long {
            lines.push(word.to_string());
        } else {
            if !lines[last].is_empty() {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        }
    }
    lines.iter().map(|line| format!("{indent}{line}\n")).collect()
}
