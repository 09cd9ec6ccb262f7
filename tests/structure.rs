//! The house: data flows one way. A room may use what stands above it, never what stands below.

use std::path::{Path, PathBuf};

/// The rooms from top to bottom. What stands on one line may use each other.
const ROOMS: &[&[&str]] = &[
    &["text"],
    &["named"],
    &["diagnostic", "error"],
    &["metric"],
    &["role"],
    &["model"],
    &["workbook"],
    &["transactions"],
    &["survey"],
    &["join"],
    &["distribution"],
    &["grouping"],
    &["agreement"],
    &["judgement"],
    &["priority"],
    &["cluster"],
    &["anova"],
    &["rfm"],
    &["indicator"],
    &["value"],
    &["class"],
    &["sensitivity"],
    &["migration"],
    &["saved"],
    &["plan"],
    &["evaluation"],
    &["kept"],
    &["job"],
    &["study"],
    &["report"],
];

/// What the crate's root gives again under a name of its own, and its room.
const AGAIN: &[(&str, &str)] = &[("Error", "error"), ("Grouping", "grouping")];

fn level(room: &str) -> Option<usize> {
    ROOMS.iter().position(|rooms| rooms.contains(&room))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code of a file without comments and without what is compiled for tests alone; each line
/// keeps its number.
fn code(text: &str) -> String {
    let mut code = String::new();
    // Braces open in an item for tests, once `#[cfg(test)]` was met.
    let mut test: Option<i64> = None;
    for line in text.lines() {
        let line = match line.trim_start() {
            comment if comment.starts_with("//") => "",
            _ => line.split(" // ").next().unwrap_or_default(),
        };
        if line.contains("#[cfg(test)]") {
            test = Some(0);
        } else if let Some(open) = test {
            let count = |brace: char| line.matches(brace).count() as i64;
            let now = open + count('{') - count('}');
            let ends = now <= 0 && (line.contains(['}', ';']));
            test = (!ends).then_some(now);
        } else {
            code += line;
        }
        code.push('\n');
    }
    code
}

/// The first names behind each `crate::`, with the line: `crate::a::B`, and in groups over any
/// number of lines `crate::{a::B, c::{D, E}}`.
fn named(code: &str) -> Vec<(usize, String)> {
    let word = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut found = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        let line = |offset: usize| code[..at + offset].matches('\n').count() + 1;
        let rest = &code[at + path.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.push((line(0), word(rest)));
            continue;
        };
        let start = path.len() + 1;
        let mut depth = 0;
        let mut is_first = true;
        for (offset, c) in group.char_indices() {
            match c {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => is_first = true,
                _ if is_first && !c.is_whitespace() => {
                    found.push((line(start + offset), word(&group[offset..])));
                    is_first = false;
                }
                _ => {}
            }
        }
    }
    found
}

/// What a file of a room names that does not stand above it: (line, what is wrong).
fn wrong(room: &str, text: &str) -> Vec<(usize, String)> {
    let Some(here) = level(room) else {
        return vec![(1, format!("the room `{room}` has no place in the house"))];
    };
    let mut wrong = Vec::new();
    for (line, name) in named(&code(text)) {
        let again = AGAIN.iter().find(|(again, _)| *again == name);
        let other = again.map_or(name.as_str(), |(_, room)| room);
        match level(other) {
            _ if other == room => {}
            Some(there) if there <= here => {}
            Some(_) => wrong.push((line, format!("{room} uses {other}, which stands below it"))),
            None => wrong.push((line, format!("{room} uses `crate::{name}`, which is no room"))),
        }
    }
    wrong
}

#[test]
fn data_flows_one_way() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    let mut looked_at = 0;
    for file in files(&source) {
        let path = file.strip_prefix(&source).unwrap();
        let first = path.components().next().unwrap().as_os_str().to_string_lossy().to_string();
        let room = first.trim_end_matches(".rs");
        // The root gives names; the program stands below everything and sees the library from
        // outside.
        if ["lib", "main", "cli"].contains(&room) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        looked_at += named(&code(&text)).len();
        let place = |(line, what)| format!("src/{}:{line}: {what}", path.display());
        all.extend(wrong(room, &text).into_iter().map(place));
    }
    assert!(looked_at > 100, "{looked_at}");
    assert!(all.is_empty(), "against the flow of data:\n{}", all.join("\n"));
}

/// The test itself: groups over several lines, paths in code, and what is passed over.
#[test]
fn uses_are_found_wherever_they_stand() {
    let text = "\
//! crate::report is only spoken of
use crate::{
    Error,
    text::{fold, plain},
    report::Table,
};
fn f() { crate::study::sme_paper(); } // crate::report
#[cfg(test)]
use crate::report::Cell;
#[cfg(test)]
mod tests {
    use crate::report::Cell;
    fn g() { crate::study::sme_paper(); }
}
use crate::nowhere::X;
";
    let found: Vec<(usize, String)> = named(&code(text));
    let names = ["Error", "text", "report", "study", "nowhere"].map(str::to_string);
    assert_eq!(found, [3, 4, 5, 7, 15].into_iter().zip(names).collect::<Vec<_>>());
    let lines: Vec<usize> = wrong("model", text).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [5, 7, 15]);
    assert!(wrong("report", text).iter().all(|(line, _)| *line == 15));
    assert_eq!(wrong("attic", text).len(), 1);
}

#[test]
fn types_of_the_libraries_below_stay_inside() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let homes: [(&str, &[&str]); 10] = [
        ("linfa", &["cluster/seeded.rs"]),
        ("ndarray", &["cluster/seeded.rs"]),
        ("calamine", &["workbook/excel/"]),
        ("jiff", &["transactions/moment/", "cli/journal.rs"]),
        ("sqlparser", &["transactions/condition/"]),
        ("arrow_array", &["transactions/source/parquet/", "report/parquet.rs"]),
        ("arrow_schema", &["transactions/source/parquet/", "report/parquet.rs"]),
        ("rquickjs", &["report/figure/"]),
        ("resvg", &["report/figure/"]),
        ("svg2pdf", &["report/figure/"]),
    ];
    for file in files(&source) {
        let path = file.strip_prefix(&source).unwrap().display().to_string();
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let code = line.split("//").next().unwrap_or_default();
            for (library, homes) in homes {
                let used = code.contains(&format!("{library}::"))
                    || code.contains(&format!("{library}_clustering::"));
                assert!(
                    !used || homes.iter().any(|home| path.starts_with(home)),
                    "{path} uses {library}: {line}"
                );
            }
        }
    }
}
