//! Tables for papers: LaTeX, Markdown and HTML, with every special character escaped.

mod html;
mod latex;
mod markdown;

pub use html::to_html;
pub use latex::{all_tex, to_latex};
pub use markdown::to_markdown;

pub(super) use html::escaped as html_text;
pub(super) use latex::escaped as latex_text;
pub(super) use markdown::escaped as markdown_text;

use super::{Cell, Column, Format, shown};

/// A cell as it stands in a column, before it is escaped: on one line, and steering nothing.
fn plain(cell: &Cell, column: &Column) -> String {
    tame(&shown(cell, column.format))
}

/// Line ends and tabs as spaces; other control characters, and marks that turn the direction of writing
/// for what follows, as a question mark.
fn tame(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let harmless = |c: char| match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        _ if c.is_control() || turns(c) => '?',
        _ => c,
    };
    text.chars().map(harmless).collect()
}

/// Whether a column's cells are words, to the left.
fn is_words(column: &Column) -> bool {
    matches!(column.format, Format::Text | Format::Prose | Format::Date)
}
