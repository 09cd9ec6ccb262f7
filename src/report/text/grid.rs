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

/// Columns are at least as wide as their longest word, where all of them fit, and names are not broken
/// where there is room for them.
fn keep_words_whole(grid: &mut Grid, table: &Table, most: usize) {
    let longest =
        |text: &str| text.split_whitespace().map(|w| w.chars().count()).max().unwrap_or(0);
    let needed = |names_whole: bool| -> Vec<u16> {
        let columns = table.columns.iter().enumerate();
        let width = columns.map(|(at, column)| {
            // A number, with its unit, is never broken.
            let is_whole = match column.format {
                Format::Text => names_whole,
                Format::Prose => false,
                _ => true,
            };
            let cells = table.rows.iter().take(most).map(|row| {
                let cell = tame(&shown(&row[at], column.format));
                if is_whole { cell.chars().count() } else { longest(&cell) }
            });
            cells.chain([longest(&column.title)]).max().unwrap_or(0) as u16 + 2
        });
        width.collect()
    };
    let fitting = [needed(true), needed(false)].into_iter().find(|needed| {
        needed.iter().map(|width| u32::from(*width)).sum::<u32>() <= u32::from(WIDTH)
    });
    if let Some(needed) = fitting {
        let boundary = |width: u16| ColumnConstraint::LowerBoundary(Width::Fixed(width));
        grid.set_constraints(needed.into_iter().map(boundary));
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
