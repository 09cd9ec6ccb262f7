//! The pages that lead through the made-up shop print what they say. `CUSTVAL_BLESS=1 cargo test --test
//! tutorial` writes the shop and the pages anew.

use std::path::Path;

/// The made-up shop.
#[allow(dead_code)]
#[path = "../examples/sales.rs"]
mod shop;

/// The made-up supplier of workshops.
#[allow(dead_code)]
#[path = "../examples/workshop.rs"]
mod workshop;

fn up_to_date(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("CUSTVAL_BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = there.lines().zip(text.lines()).find(|(old, new)| old != new);
    assert!(
        there == text,
        "{} is stale, first at {differs:?}; CUSTVAL_BLESS=1 cargo test --test tutorial writes it anew",
        path.display()
    );
}

#[test]
fn the_sales_of_the_example_are_those_of_its_generator() {
    up_to_date("examples/sales.csv", &shop::sales());
}

/// The parts of a shell's command; a text in double quotes is one of them.
fn parts(command: &str) -> Vec<String> {
    let pieces = command.split('"').enumerate();
    let of = |(at, piece): (usize, &str)| match at % 2 {
        0 => piece.split_whitespace().map(str::to_string).collect(),
        _ => vec![piece.to_string()],
    };
    pieces.flat_map(of).collect()
}

/// What a command of a page prints: `head -N FILE`, or `custval …`.
fn printed(command: &str, folder: &Path) -> String {
    match parts(command).iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["head", lines, file] => {
            let most = lines.trim_start_matches('-').parse().unwrap();
            let text = std::fs::read_to_string(folder.join(file)).unwrap();
            text.lines().take(most).map(|line| format!("{line}\n")).collect()
        }
        ["custval", arguments @ ..] => {
            let mut program = assert_cmd::Command::cargo_bin("custval").unwrap();
            let output = program.args(arguments).current_dir(folder).output().unwrap();
            let (told, said) = (String::from_utf8(output.stderr), String::from_utf8(output.stdout));
            let told = told.unwrap();
            assert!(output.status.success(), "{command}: {told}");
            format!("{told}\n{}", said.unwrap())
        }
        _ => panic!("a page asks for `{command}`"),
    }
}

/// The paragraph of a text that begins with these words.
fn paragraph(text: &str, beginning: &str) -> String {
    let found = text.split("\n\n").find(|part| part.trim_start().starts_with(beginning));
    let found = found.unwrap_or_else(|| panic!("nothing begins with `{beginning}` in:\n{text}"));
    format!("{}\n", found.trim_start_matches('\n').trim_end())
}

/// A page with its blocks of text as the commands before them print them: after `head` the whole, after
/// `custval` the paragraph that begins as the block does.
fn told(page: &str, folder: &Path) -> String {
    let (mut told, mut last, mut is_head) = (String::new(), String::new(), false);
    // Every second part stands between fences.
    let fence = |at: usize| if at % 2 == 1 { "```" } else { "" };
    for (at, part) in page.split("```").enumerate() {
        told += fence(at);
        told += &match (at % 2, part.split_once('\n')) {
            (1, Some(("sh", commands))) => {
                for command in commands.lines() {
                    last = printed(command, folder);
                    is_head = command.starts_with("head");
                }
                part.to_string()
            }
            (1, Some(("text", _))) if is_head => format!("text\n{last}"),
            (1, Some(("text", block))) => {
                // The first line of a diagnostic is known by its code.
                let title = block.lines().next().unwrap_or_default();
                let title = title.split_inclusive(']').next().unwrap_or_default();
                format!("text\n{}", paragraph(&last, title))
            }
            _ => part.to_string(),
        };
        told += fence(at);
    }
    told
}

/// A folder with nothing but the shop's sales.
fn shop_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("examples")).unwrap();
    std::fs::write(folder.path().join("examples/sales.csv"), shop::sales()).unwrap();
    folder
}

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_tutorial_prints_what_it_says() {
    let path = "docs/from-sales-to-win-back.md";
    let page = read(path);
    assert!(page.matches("```text").count() > 8);
    up_to_date(path, &told(&page, shop_folder().path()));
}

#[test]
fn the_way_from_a_template_to_a_plan_prints_what_it_says() {
    let path = "docs/from-template-to-plan.md";
    let folder = tempfile::tempdir().unwrap();
    let example = folder.path().join("examples/workshop");
    std::fs::create_dir_all(&example).unwrap();
    for (name, text) in workshop::files() {
        std::fs::write(example.join(name), text).unwrap();
    }
    let page = read(path);
    assert!(page.matches("```text").count() > 12);
    up_to_date(path, &told(&page, folder.path()));
}

#[test]
fn the_readme_prints_what_it_says_to_businesses() {
    let page = read("README.md");
    let (before, rest) = page.split_once("## For businesses\n").unwrap();
    let (businesses, after) = rest.split_once("\n## ").unwrap();
    assert!(businesses.contains("```text"));
    let businesses = told(businesses, shop_folder().path());
    up_to_date("README.md", &format!("{before}## For businesses\n{businesses}\n## {after}"));
}
