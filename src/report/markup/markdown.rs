//! Tables as GitHub Flavored Markdown.

use super::{is_words, plain, tame};
use crate::report::Table;

/// A table as GitHub Flavored Markdown: its title as a heading, the table, its note.
///
/// ```
/// use custval::report::{Column, Format, Table, to_markdown};
///
/// let columns = vec![Column::new("name", "Name", Format::Text)];
/// let mut table = Table::new("t", "A table", columns);
/// table.push(vec!["a|b".into()]);
/// assert_eq!(to_markdown(&table), "### A table\n\n| Name |\n|:---|\n| a\\|b |\n");
/// ```
pub fn to_markdown(table: &Table) -> String {
    let mut text = format!("### {}\n\n", escaped(&table.title));
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    text += &row(table.columns.iter().map(|column| escaped(&column.title)).collect());
    let marks = table.columns.iter().map(|column| if is_words(column) { ":---|" } else { "---:|" });
    text += &format!("|{}\n", marks.collect::<String>());
    for cells in &table.rows {
        let cells = cells.iter().zip(&table.columns);
        text += &row(cells.map(|(cell, column)| escaped(&plain(cell, column))).collect());
    }
    if !table.note.is_empty() {
        text += &format!("\n{}\n", paragraph(&table.note));
    }
    text
}

/// A text without anything that Markdown, or HTML in it, would take for more than text.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in tame(text).chars() {
        // `://`, `www.` and `@` would make links.
        if "\\`*_[]{}<>|~&$#^@".contains(c)
            || (c == '/' && escaped.ends_with([':', '/']))
            || (c == '.' && escaped.to_ascii_lowercase().ends_with("www"))
        {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A paragraph that does not begin as a list, a heading or a rule would.
fn paragraph(text: &str) -> String {
    let text = escaped(text);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        Some('-' | '+' | '=') if digits == 0 => format!("\\{text}"),
        _ => text,
    }
}
