//! Tables as HTML pages of their own.

use super::{is_words, plain, tame};
use crate::report::{Format, Table};

const STYLE: &str = "\
body{font:16px/1.4 Georgia,serif;margin:2rem;color:#111;background:#fff}\
table{border-collapse:collapse;border-top:2px solid;border-bottom:2px solid}\
caption{text-align:left;font-weight:bold;padding:0 0 .5rem}\
th,td{padding:.15rem .6rem;text-align:left;vertical-align:top;font-weight:normal}\
thead th{border-bottom:1px solid;vertical-align:bottom;font-weight:bold}\
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
p{font-size:.85rem;max-width:60rem}";

/// A table as one page without scripts, which needs no other file: a caption, headers with their scope, the
/// note below.
///
/// ```
/// use custval::report::{Column, Format, Table, to_html};
///
/// let columns = vec![Column::new("name", "Name", Format::Text)];
/// let mut table = Table::new("t", "T", columns);
/// table.push(vec!["<b>".into()]);
/// assert!(to_html(&table).contains("<th scope=\"row\" dir=\"auto\">&lt;b&gt;</th>"));
/// ```
pub fn to_html(table: &Table) -> String {
    let title = shown_text(&table.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<table>\n\
         <caption>{title}</caption>\n<thead>\n<tr>"
    );
    for column in &table.columns {
        let class = if is_words(column) { "" } else { " class=\"n\"" };
        page += &format!("<th scope=\"col\"{class}>{}</th>", shown_text(&column.title));
    }
    page += "</tr>\n</thead>\n<tbody>\n";
    // The first column of words names the row.
    let name = table.columns.iter().position(|column| column.format == Format::Text);
    for row in &table.rows {
        page += "<tr>";
        for (at, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
            let text = shown_text(&plain(cell, column));
            page += &match (is_words(column), name == Some(at)) {
                (true, true) => format!("<th scope=\"row\" dir=\"auto\">{text}</th>"),
                (true, false) => format!("<td dir=\"auto\">{text}</td>"),
                (false, _) => format!("<td class=\"n\">{text}</td>"),
            };
        }
        page += "</tr>\n";
    }
    page += "</tbody>\n</table>\n";
    if !table.note.is_empty() {
        page += &format!("<p>{}</p>\n", shown_text(&table.note));
    }
    page + "</body>\n</html>\n"
}

/// A text that steers nothing, as HTML shows it.
fn shown_text(text: &str) -> String {
    escaped(&tame(text))
}

/// A text as HTML shows it.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            _ => escaped.push(c),
        }
    }
    escaped
}
