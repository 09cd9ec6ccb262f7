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
            _ => shown(cell, column.format),
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

/// Columns are at least as wide as their longest word, where all of them fit.
fn keep_words_whole(grid: &mut Grid, table: &Table, most: usize) {
    let longest =
        |text: &str| text.split_whitespace().map(|w| w.chars().count()).max().unwrap_or(0);
    let needed: Vec<u16> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let cells = table.rows.iter().take(most).map(|row| shown(&row[at], column.format));
            let words = cells.map(|cell| longest(&cell)).chain([longest(&column.title)]);
            words.max().unwrap_or(0) as u16 + 2
        })
        .collect();
    if needed.iter().sum::<u16>() <= WIDTH {
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
