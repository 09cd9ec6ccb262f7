//! Files that are written whole or not at all.

use custval::Error;
use custval::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Files to be written together.
#[derive(Default)]
pub(crate) struct Output<'a> {
    files: Vec<(PathBuf, Content<'a>)>,
}

/// Writes what a file holds.
type Content<'a> = Box<dyn FnOnce(&mut (dyn Write + Send)) -> std::io::Result<()> + 'a>;

impl<'a> Output<'a> {
    /// Adds a file.
    pub(crate) fn add(&mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) {
        let content = content.into();
        self.add_written(path, move |file| file.write_all(&content));
    }

    /// Adds a file that is written on the spot, so that its content is never held at once.
    pub(crate) fn add_written(
        &mut self,
        path: impl Into<PathBuf>,
        content: impl FnOnce(&mut (dyn Write + Send)) -> std::io::Result<()> + 'a,
    ) {
        self.files.push((path.into(), Box::new(content)));
    }

    /// Refuses to write over what was read: files, those in folders, and those that fit patterns.
    pub(crate) fn keep_off(&self, inputs: &[String]) -> Result<(), Error> {
        let fitting = |pattern: &String| glob::glob(pattern).into_iter().flatten().flatten();
        let named = inputs.iter().map(PathBuf::from).chain(inputs.iter().flat_map(fitting));
        let read: Vec<PathBuf> = named.filter_map(|path| fs::canonicalize(path).ok()).collect();
        let is_read = |path: &Path| {
            fs::canonicalize(path).is_ok_and(|path| read.iter().any(|one| path.starts_with(one)))
        };
        let faults: Diagnostics = self
            .files
            .iter()
            .filter(|(path, _)| is_read(path))
            .map(|(path, _)| {
                Diagnostic::error(Code::OutputExists, "the file is one of those that were read")
                    .at(Place::file(path.display().to_string()))
                    .hint("choose another name; --force does not write over it either")
            })
            .collect();
        faults.refuse_if_faulty()
    }

    /// Writes all files: first each under another name in its folder, then, when all are there,
    /// each renamed to its own. Files that are there already are kept unless `force`.
    pub(crate) fn write(self, force: bool) -> Result<(), Error> {
        let there: Diagnostics = self
            .files
            .iter()
            .filter(|(path, _)| !force && path.exists())
            .map(|(path, _)| {
                Diagnostic::error(Code::OutputExists, "the file is already there")
                    .at(Place::file(path.display().to_string()))
                    .hint("choose another name, or add --force to write over it")
            })
            .collect();
        there.refuse_if_faulty()?;
        let missing = self.missing_folders();
        self.write_all().inspect_err(|_| {
            // A folder that was made for nothing goes; one that holds anything stays.
            for Reverse(folder) in &missing {
                let _ = fs::remove_dir(folder);
            }
        })
    }

    /// The folders that are not there yet, the innermost first.
    fn missing_folders(&self) -> BTreeSet<Reverse<PathBuf>> {
        let above = self.files.iter().flat_map(|(path, _)| path.ancestors().skip(1));
        above
            .filter(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .map(|folder| Reverse(folder.to_path_buf()))
            .collect()
    }

    fn write_all(self) -> Result<(), Error> {
        let mut written = Vec::new();
        for (path, content) in self.files {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new("."));
            let write = || -> std::io::Result<tempfile::NamedTempFile> {
                fs::create_dir_all(folder)?;
                let file = tempfile::Builder::new().prefix(".custval-").tempfile_in(folder)?;
                let mut file = BufWriter::with_capacity(1 << 18, file);
                content(&mut file)?;
                let file = file.into_inner().map_err(|error| error.into_error())?;
                file.as_file().sync_all()?;
                Ok(file)
            };
            let file = write().map_err(|error| failed(&path, &error))?;
            written.push((path, file));
        }
        for (path, file) in written {
            set_mode(&file);
            file.persist(&path).map_err(|error| failed(&path, &error.error))?;
        }
        Ok(())
    }
}

/// Temporary files are private; results are as readable as any file that the user makes.
fn set_mode(file: &tempfile::NamedTempFile) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = file.as_file().set_permissions(fs::Permissions::from_mode(0o644));
    }
    #[cfg(not(unix))]
    let _ = file;
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    Diagnostic::error(Code::OutputFailed, format!("cannot write: {error}"))
        .at(Place::file(path.display().to_string()))
        .hint("check that the folder may be written to and the disk has room")
        .into()
}
