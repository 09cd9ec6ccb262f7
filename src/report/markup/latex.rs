//! Tables as LaTeX, with the package booktabs, and longtable where they are long.

use super::{is_words, plain, tame};
use crate::report::{Cell, Column, Table};

/// Tables with more lines than this run over pages.
const MOST_ON_A_PAGE: usize = 30;
/// Columns of words that are wider than this many letters are wrapped.
const WIDEST: usize = 32;

/// A table as LaTeX: `\caption` with the title, `\label{tab:name}`, the note in small type below.
///
/// It needs the packages array, booktabs and longtable. What is not ASCII stands as it is, but for the letters and
/// signs of formulas: beyond the letters of Europe it needs XeLaTeX or LuaLaTeX.
///
/// ```
/// use custval::report::{Column, Format, Table, to_latex};
///
/// let columns = vec![Column::new("name", "Name", Format::Text)];
/// let mut table = Table::new("t", "T", columns);
/// table.push(vec!["100% & $x_1$".into()]);
/// let text = to_latex(&table);
/// assert!(text.contains("100\\% \\& \\$x\\_1\\$ \\\\"));
/// assert!(text.contains("\\label{tab:t}"));
/// ```
pub fn to_latex(table: &Table) -> String {
    let fit = Fit::of(table);
    let caption =
        format!("\\caption{{{}}}\\label{{tab:{}}}", escaped(&table.title), label(&table.name));
    let header = row(table.columns.iter().map(|column| fit.header(column, table)));
    let body: String = table
        .rows
        .iter()
        .map(|cells| row(cells.iter().zip(&table.columns).map(|(cell, of)| shown_cell(cell, of))))
        .collect();
    let note = match table.note.as_str() {
        "" => String::new(),
        note => format!("{{\\footnotesize {}\\par}}\n", escaped(note)),
    };
    let (size, gap, columns) = (fit.size, fit.gap, fit.columns(table));
    if fit.lines > MOST_ON_A_PAGE {
        return format!(
            "\\begingroup\n{size}\\setlength{{\\tabcolsep}}{{{gap}}}\n\\begin{{longtable}}{{{columns}}}\n\
             {caption}\\\\\n\\toprule\n{header}\\midrule\n\\endfirsthead\n\\toprule\n{header}\\midrule\n\
             \\endhead\n\\bottomrule\n\\endfoot\n{body}\\end{{longtable}}\n{note}\\endgroup\n"
        );
    }
    format!(
        "\\begin{{table}}[htbp]\n\\centering\n{caption}\n{size}\\setlength{{\\tabcolsep}}{{{gap}}}\n\
         \\begin{{tabular}}{{{columns}}}\n\\toprule\n{header}\\midrule\n{body}\\bottomrule\n\
         \\end{{tabular}}\n\\par\\smallskip\n{note}\\end{{table}}\n"
    )
}

/// A document that takes in the files of all these tables, and `methods.tex` with `references.bib` before
/// them; it compiles as it is, by pdfLaTeX where all letters are those of Europe, else by XeLaTeX or LuaLaTeX.
pub fn all_tex(tables: &[Table]) -> String {
    let mut text = "\
% Compile with xelatex, then bibtex, then xelatex twice.
\\documentclass[a4paper]{article}
\\usepackage[margin=2cm]{geometry}
\\usepackage{array,booktabs,longtable,iftex}
\\ifpdftex
  \\usepackage[utf8]{inputenc}
  \\usepackage[T1]{fontenc}
\\else
  \\usepackage{fontspec}
"
    .to_string();
    if tables.iter().any(is_eastern) {
        text += "  \\IfFontExistsTF{Noto Serif CJK SC}{\\setmainfont{Noto Serif CJK SC}}{}\n";
        text += "  \\ifxetex\\XeTeXlinebreaklocale \"zh\"\\XeTeXlinebreakskip=0pt plus 1pt\\fi\n";
    }
    text += "\\fi\n\\begin{document}\n\\section*{Methods}\n\\input{methods}\n\\clearpage\n";
    for (at, table) in tables.iter().enumerate() {
        // Without a break now and then LaTeX runs out of room for tables that wait for theirs.
        let gap = if at % 8 == 7 { "\\clearpage\n" } else { "" };
        text += &format!("\\input{{{}}}\n{gap}", label(&table.name));
    }
    text + "\\bibliographystyle{plain}\n\\bibliography{references}\n\\end{document}\n"
}

/// Whether a table has Chinese, Japanese or Korean letters, which need a font of their own.
fn is_eastern(table: &Table) -> bool {
    let is_one =
        |c: char| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{20000}'..);
    let of_cells = table.rows.iter().flatten();
    let texts = of_cells.filter_map(|cell| match cell {
        Cell::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let titles = table.columns.iter().map(|column| column.title.as_str());
    texts
        .chain(titles)
        .chain([table.title.as_str(), table.note.as_str()])
        .any(|text| text.contains(is_one))
}

/// How a table is made to fit a page: type, gaps, and the width of wrapped columns.
struct Fit {
    size: &'static str,
    gap: &'static str,
    /// The share of the line that a wrapped column has.
    share: f64,
    widths: Vec<usize>,
    /// How many lines the rows take, about.
    lines: usize,
}

impl Fit {
    fn of(table: &Table) -> Fit {
        let width = |at: usize| {
            let cells = table.rows.iter().map(|row| &row[at]);
            let widths = cells.map(|cell| plain(cell, &table.columns[at]).chars().count());
            widths.max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..table.columns.len()).map(width).collect();
        let wraps = |at: usize| is_words(&table.columns[at]) && widths[at] > WIDEST;
        let own = |at: usize| match wraps(at) {
            true => WIDEST,
            false => widths[at].max(longest_word(&table.columns[at].title)),
        };
        let all: usize = (0..widths.len()).map(|at| own(at) + 2).sum();
        let wrapped = (0..widths.len()).filter(|at| wraps(*at)).count();
        let sizes = [
            (78, "\\normalsize", "6pt"),
            (90, "\\small", "5pt"),
            (108, "\\footnotesize", "4pt"),
            (130, "\\scriptsize", "3pt"),
            (170, "\\tiny", "2pt"),
        ];
        let fitting = sizes.into_iter().find(|(room, _, _)| all <= *room);
        let (room, size, gap) = fitting.unwrap_or((all.max(170), "\\tiny", "1pt"));
        let fixed = all - wrapped * WIDEST;
        let left = room.saturating_sub(fixed) as f64 / room as f64;
        let share = (0.9 * left / wrapped.max(1) as f64).clamp(0.1, 0.9);
        let letters = (share * room as f64).max(1.0);
        let lines = |row: &Vec<Cell>| {
            let wrapped = row.iter().zip(&table.columns).enumerate().filter(|(at, _)| wraps(*at));
            let lengths = wrapped.map(|(_, (cell, of))| plain(cell, of).chars().count());
            lengths
                .map(|length| (length as f64 / letters).ceil() as usize)
                .max()
                .unwrap_or(1)
                .max(1)
        };
        let lines = table.rows.iter().map(lines).sum();
        Fit { size, gap, share, widths, lines }
    }

    /// The column specification.
    fn columns(&self, table: &Table) -> String {
        let of = |(at, column): (usize, &Column)| match is_words(column) {
            true if self.widths[at] > WIDEST => {
                format!(">{{\\raggedright\\arraybackslash}}p{{{:.3}\\linewidth}}", self.share)
            }
            true => "l".to_string(),
            false => "r".to_string(),
        };
        table.columns.iter().enumerate().map(of).collect()
    }

    /// A header, over several lines where it is longer than its column.
    fn header(&self, column: &Column, table: &Table) -> String {
        let at = table.columns.iter().position(|one| std::ptr::eq(one, column)).unwrap_or(0);
        let room = self.widths[at].clamp(8, WIDEST);
        let mut lines: Vec<String> = Vec::new();
        for word in tame(&column.title).split_whitespace() {
            match lines.last_mut() {
                Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                    *line += " ";
                    *line += word;
                }
                _ => lines.push(word.to_string()),
            }
        }
        let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
        match lines.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            _ => {
                let side = if is_words(column) { "l" } else { "r" };
                format!("\\shortstack[{side}]{{{}}}", lines.join("\\\\"))
            }
        }
    }
}

fn longest_word(title: &str) -> usize {
    title.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0)
}

fn row(cells: impl Iterator<Item = String>) -> String {
    cells.collect::<Vec<_>>().join(" & ") + " \\\\\n"
}

/// A cell; the minus of a number is as long as a minus.
fn shown_cell(cell: &Cell, column: &Column) -> String {
    let text = plain(cell, column);
    match (cell, text.strip_prefix('-')) {
        (Cell::Number(_), Some(rest)) => format!("$-${}", escaped(rest)),
        _ => text.split(' ').map(breakable).collect::<Vec<_>>().join(" "),
    }
}

/// A word; one that is longer than a column may break after every so many letters.
fn breakable(word: &str) -> String {
    const PIECE: usize = 16;
    let letters: Vec<char> = word.chars().collect();
    if letters.len() <= WIDEST {
        return escaped(word);
    }
    let pieces = letters.chunks(PIECE).map(|piece| escaped(&piece.iter().collect::<String>()));
    pieces.collect::<Vec<_>>().join("\\allowbreak{}")
}

/// A name that a label and a file can have.
fn label(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    name.chars().map(|c| if is_plain(c) { c } else { '-' }).collect()
}

/// A text without anything that TeX would take for more than text.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let mut before = ' ';
    for c in tame(text).chars() {
        match c {
            '\\' => escaped += "\\textbackslash{}",
            '{' | '}' | '$' | '&' | '#' | '_' | '%' => escaped.extend(['\\', c]),
            '~' => escaped += "\\textasciitilde{}",
            '^' => escaped += "\\textasciicircum{}",
            '<' => escaped += "\\textless{}",
            '>' => escaped += "\\textgreater{}",
            '|' => escaped += "\\textbar{}",
            '"' => escaped += "\\symbol{34}",
            '`' => escaped += "\\textasciigrave{}",
            // Behind the end of a row these would be its options.
            '[' | ']' | '*' => escaped.extend(['{', c, '}']),
            // Two of these would become another sign.
            '-' | '\'' | ',' | '?' | '!' if before == c => escaped.extend(['{', '}', c]),
            '\u{a0}' | '\u{202f}' => escaped.push('~'),
            '–' => escaped += "--",
            '—' => escaped += "---",
            '…' => escaped += "\\ldots{}",
            '“' => escaped += "``",
            '”' => escaped += "''",
            '‘' => escaped += "{`}",
            '’' => escaped += "{'}",
            _ => match formula(c) {
                Some(sign) => escaped += &format!("$\\{sign}$"),
                None => match script(c) {
                    Some((mark, letter)) => escaped += &format!("${mark}{letter}$"),
                    None => escaped.push(c),
                },
            },
        }
        before = c;
    }
    escaped
}

/// The signs of formulas, which not every font of text has, by their commands.
fn formula(c: char) -> Option<&'static str> {
    let signs = [
        ('α', "alpha"),
        ('β', "beta"),
        ('γ', "gamma"),
        ('δ', "delta"),
        ('ε', "varepsilon"),
        ('η', "eta"),
        ('κ', "kappa"),
        ('λ', "lambda"),
        ('μ', "mu"),
        ('ρ', "rho"),
        ('σ', "sigma"),
        ('τ', "tau"),
        ('χ', "chi"),
        ('ω', "omega"),
        ('Δ', "Delta"),
        ('Λ', "Lambda"),
        ('Σ', "Sigma"),
        ('×', "times"),
        ('·', "cdot"),
        ('±', "pm"),
        ('−', "relax-"),
        ('≤', "le"),
        ('≥', "ge"),
        ('≠', "ne"),
        ('≈', "approx"),
        ('∞', "infty"),
        ('√', "surd"),
        ('→', "rightarrow"),
        ('←', "leftarrow"),
        ('↑', "uparrow"),
        ('↓', "downarrow"),
    ];
    signs.iter().find(|(sign, _)| *sign == c).map(|(_, command)| *command)
}

/// Raised and lowered letters.
fn script(c: char) -> Option<(char, char)> {
    let raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let lowered = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    let digit = |at: usize| char::from(b'0' + at as u8);
    let find = |signs: &[char]| signs.iter().position(|sign| *sign == c).map(digit);
    find(&raised).map(|digit| ('^', digit)).or_else(|| find(&lowered).map(|digit| ('_', digit)))
}
