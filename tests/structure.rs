//! The house: data flows one way. A room may use what stands above it, never what stands below.

use std::path::{Path, PathBuf};

/// The rooms from top to bottom. What stands on one line may use each other.
const ROOMS: &[&[&str]] = &[
    &["text"],
    &["named"],
    &["diagnostic", "error"],
    &["grouping"],
    &["model"],
    &["workbook"],
    &["survey"],
    &["judgement"],
    &["priority"],
    &["indicator"],
    &["value"],
    &["agreement"],
    &["cluster"],
    &["class"],
    &["anova"],
    &["evaluation"],
    &["study"],
    &["report"],
];

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

/// The rooms that a line of code names: `crate::room…` and `use crate::{room, Type}`.
fn named_rooms(line: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for part in line.split("crate::").skip(1) {
        let list = match part.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or(list).split(',').collect(),
            None => vec![part],
        };
        for name in list {
            let word = |c: char| !(c.is_alphanumeric() || c == '_');
            rooms.push(name.trim().split(word).next().unwrap_or_default().to_string());
        }
    }
    // What the crate's root gives again under a name of its own.
    for room in &mut rooms {
        match room.as_str() {
            "Error" => *room = "error".to_string(),
            "Grouping" => *room = "grouping".to_string(),
            _ => {}
        }
    }
    rooms
}

#[test]
fn data_flows_one_way() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for file in files(&source) {
        let path = file.strip_prefix(&source).unwrap().to_path_buf();
        let first = path.components().next().unwrap().as_os_str().to_string_lossy().to_string();
        let room = first.trim_end_matches(".rs");
        if ["lib", "main", "cli"].contains(&room) {
            continue;
        }
        let here =
            level(room).unwrap_or_else(|| panic!("the room `{room}` has no place in the house"));
        for (number, line) in std::fs::read_to_string(&file).unwrap().lines().enumerate() {
            if line.contains("#[cfg(test)]") {
                break; // tests may look around
            }
            if line.trim_start().starts_with("//") {
                continue;
            }
            for other in named_rooms(line).iter().filter(|other| *other != room) {
                looked_at += 1;
                if level(other).is_some_and(|there| there > here) {
                    wrong.push(format!(
                        "src/{}:{}: {room} uses {other}",
                        path.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(looked_at > 100, "{looked_at}");
    assert!(wrong.is_empty(), "upwards:\n{}", wrong.join("\n"));
}

#[test]
fn types_of_the_libraries_below_stay_inside() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let homes = [
        ("linfa", "cluster/seeded.rs"),
        ("ndarray", "cluster/seeded.rs"),
        ("calamine", "workbook/excel.rs"),
    ];
    for file in files(&source) {
        let path = file.strip_prefix(&source).unwrap().display().to_string();
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let code = line.split("//").next().unwrap_or_default();
            for (library, home) in homes {
                let used = code.contains(&format!("{library}::"))
                    || code.contains(&format!("{library}_clustering::"));
                assert!(!used || path == home, "{path} uses {library}: {line}");
            }
        }
    }
}
