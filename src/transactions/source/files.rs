//! The files that were asked for.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::list;
use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What a file of sales lines is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// CSV and its like, packed or not.
    Text,
    /// Excel, LibreOffice or JSON.
    Sheet,
    /// Parquet.
    Parquet,
}

/// A file of sales lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// Its path as it was given or found; `-` is standard input.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Where it lies, if not at its name.
    pub path: Option<PathBuf>,
}

impl Source {
    fn new(name: impl Into<String>, kind: Kind) -> Source {
        Source { name: name.into(), kind, path: None }
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        self.path.as_deref().unwrap_or(Path::new(&self.name))
    }

    /// Its bytes.
    pub(crate) fn open(&self) -> std::io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(File::open(self.path())?))
    }

    /// Its size in bytes; 0 for what has none.
    pub(crate) fn size(&self) -> u64 {
        std::fs::metadata(self.path()).map_or(0, |known| known.len())
    }

    /// Its size and when it was changed last, to see that it stays as it is.
    pub(crate) fn state(&self) -> Option<(u64, SystemTime)> {
        let known = std::fs::metadata(self.path()).ok().filter(|known| known.is_file())?;
        Some((known.len(), known.modified().ok()?))
    }

    /// Its name without its folder.
    pub(crate) fn short_name(&self) -> String {
        let name = Path::new(&self.name).file_name();
        name.map_or_else(|| self.name.clone(), |name| name.to_string_lossy().into_owned())
    }
}

const TEXT: [&str; 9] =
    [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz", ".csv.zst", ".tsv.zst", ".txt.zst"];
const SHEET: [&str; 6] = [".xlsx", ".xlsm", ".xls", ".ods", ".xlsb", ".json"];
const PARQUET: [&str; 2] = [".parquet", ".pq"];

/// The kind of a file by its ending.
fn kind(name: &str) -> Option<Kind> {
    let lower = name.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    if ends(&TEXT) {
        Some(Kind::Text)
    } else if ends(&SHEET) {
        Some(Kind::Sheet)
    } else if ends(&PARQUET) {
        Some(Kind::Parquet)
    } else {
        None
    }
}

/// The files that these arguments mean: files, folders (every file in them and below that can hold
/// sales lines, by name), patterns with `*` and `?`, and `-` for standard input. Faults go to the log.
pub(crate) fn sources(asked: &[String], log: &mut Diagnostics) -> Vec<Source> {
    let mut found = Vec::new();
    for name in asked {
        let path = Path::new(name);
        if name == "-" {
            found.push(Source::new(name, Kind::Text));
        } else if let Some(engine) = engine(path) {
            log.push(of_an_engine(name, engine));
        } else if path.is_dir() {
            let before = found.len();
            let pattern = format!("{}/**/*", glob::Pattern::escape(name.trim_end_matches('/')));
            found.extend(
                matches(&pattern).into_iter().filter(|source| !is_unfinished(source, path)),
            );
            if found.len() == before {
                log.push(nothing(name, "the folder holds no file of sales lines"));
            }
        } else if path.exists() {
            // A file named by hand is what its user says it is: a text, if its ending says nothing.
            found.push(Source::new(name, kind(name).unwrap_or(Kind::Text)));
        } else if name.contains(['*', '?', '[']) {
            let before = found.len();
            found.extend(matches(name));
            if found.len() == before {
                log.push(nothing(name, "no file fits the pattern"));
            }
        } else {
            let fault = Diagnostic::error(Code::FileUnreadable, "there is no such file or folder")
                .at(Place::file(name))
                .hint("check the path and its spelling");
            log.push(fault);
        }
    }
    once(found, log)
}

/// The engine whose table a folder is, by what lies in it. Its files hold rows that were deleted or
/// replaced since; which of them count, only the engine knows.
fn engine(folder: &Path) -> Option<&'static str> {
    let marks =
        [("_delta_log", "Delta"), (".hoodie", "Hudi"), ("metadata/version-hint.text", "Iceberg")];
    marks.into_iter().find(|(mark, _)| folder.join(mark).exists()).map(|(_, engine)| engine)
}

fn of_an_engine(name: &str, engine: &str) -> Diagnostic {
    let message =
        format!("the folder is a table of {engine}, whose files also hold rows deleted since");
    Diagnostic::error(Code::FileUnreadable, message)
        .at(Place::file(name))
        .hint("let its engine write the rows that count to Parquet or CSV files, and read those")
}

/// Whether a Parquet file lies in a part of a folder that its writer has not finished, or keeps to
/// itself: names there begin with `_`.
fn is_unfinished(source: &Source, folder: &Path) -> bool {
    let below = source.path().strip_prefix(folder).unwrap_or(source.path());
    let mut parts = below.iter();
    source.kind == Kind::Parquet && parts.any(|part| part.to_string_lossy().starts_with('_'))
}

/// Each file once: sales that are read twice would count twice.
fn once(found: Vec<Source>, log: &mut Diagnostics) -> Vec<Source> {
    let mut known = HashSet::new();
    let mut is_new = |source: &Source| {
        let path = std::fs::canonicalize(source.path());
        let is_new = known.insert(path.unwrap_or_else(|_| source.path().to_path_buf()));
        if !is_new {
            let warning = Diagnostic::warning(Code::SourceTwice, "the file is named twice")
                .at(Place::file(&source.name))
                .hint("it is read once");
            log.push(warning);
        }
        is_new
    };
    found.into_iter().filter(|source| is_new(source)).collect()
}

/// Files that fit a pattern and can hold sales lines, in the order of their names; hidden ones are
/// left out.
fn matches(pattern: &str) -> Vec<Source> {
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let Ok(paths) = glob::glob_with(pattern, options) else { return Vec::new() };
    let mut names: Vec<String> = paths
        .filter_map(Result::ok)
        .filter(|path| path.is_file())
        .map(|path| path.display().to_string())
        .collect();
    names.sort();
    names.into_iter().filter_map(|name| kind(&name).map(|kind| Source::new(name, kind))).collect()
}

fn nothing(name: &str, message: &str) -> Diagnostic {
    let endings: Vec<&str> = [&TEXT[..], &SHEET[..4], &PARQUET[..1]].concat();
    Diagnostic::error(Code::FileUnreadable, message)
        .at(Place::file(name))
        .hint(format!("files may end in {}", list(&endings)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_engines_are_refused_and_unfinished_parts_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.parquet", "_temporary/0/b.parquet", "day=1/c.pq", "_sales.csv"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let asked = [folder.path().display().to_string()];
        let found = sources(&asked, &mut Diagnostics::new());
        let names: Vec<String> = found.iter().map(Source::short_name).collect();
        assert_eq!(names, ["_sales.csv", "a.parquet", "c.pq"]);
        std::fs::create_dir(folder.path().join("_delta_log")).unwrap();
        let mut log = Diagnostics::new();
        assert!(sources(&asked, &mut log).is_empty());
        assert!(log.text(false).contains("a table of Delta"));
    }

    #[test]
    fn folders_and_patterns_give_their_files_by_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.csv.gz", "notes.md", ".hidden.csv", "deep/c.xlsx"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let root = folder.path().display().to_string();
        let names = |asked: String| -> Vec<String> {
            let mut log = Diagnostics::new();
            let found = sources(&[asked], &mut log);
            assert_eq!(found.is_empty(), log.is_faulty());
            found.into_iter().map(|source| source.name.replace(&root, "")).collect()
        };
        assert_eq!(names(root.clone()), ["/a.csv.gz", "/b.csv", "/deep/c.xlsx"]);
        assert_eq!(names(format!("{root}/*.csv")), ["/b.csv"]);
        assert!(names(format!("{root}/*.parquet")).is_empty());
        assert!(names(format!("{root}/none.csv")).is_empty());
        // A file that is named in several ways is read once, and that is said.
        let asked = [root.clone(), format!("{root}/*.csv"), format!("{root}/deep/../b.csv")];
        let mut log = Diagnostics::new();
        assert_eq!(sources(&asked, &mut log).len(), 3);
        assert_eq!(log.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::SourceTwice; 2]);
    }
}
