//! From files of sales lines to the sums over them.

use super::ledger::Ledger;
use super::opening::open_source;
use super::pass::{Broken, Seen, pass, unkept};
use super::period::Period;
use super::source::{Kind, Source, sources};
use super::spool::Spool;
use super::styles::Styles;
use super::sums::{ByCustomer, Sums, Wanted};
use super::{Account, Columns, Day, Level, Options, Returns, Role, Sales, SourceFile};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::{count, hex, list, plain};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

/// How far reading has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read of the files as they are stored.
    pub bytes: u64,
    /// Bytes of all files; 0 if that is not known.
    pub bytes_in_all: u64,
    /// Rows read.
    pub rows: u64,
}

/// Reads sales lines from files, folders, patterns or `-`, standard input, in one pass.
///
/// Faults: a source that cannot be read, a column that is missing, dates or numbers that can be read in
/// two ways, no row that can be used. Guesses are notes, and what is odd is a warning.
pub fn read(
    asked: &[String],
    options: &Options,
    log: &mut Diagnostics,
    progress: &mut dyn FnMut(Progress),
) -> Result<Sales, Error> {
    let mut files = sources(asked, log);
    log.refuse_if_faulty()?;
    let _held = stdin_to_file(&mut files)?;
    let hashes = options.fingerprint.then(|| hashes(&files));
    let mut sales = settled(&files, options, log, progress)?;
    if let Some(hashes) = hashes {
        let hashes = hashes.join().unwrap_or_default();
        let told = sales.account.files.iter_mut().zip(hashes);
        told.for_each(|(file, sha256)| file.sha256 = sha256);
    }
    Ok(sales)
}

/// The SHA-256 of each file, found beside the reading; none of what cannot be read twice.
fn hashes(files: &[Source]) -> JoinHandle<Vec<Option<String>>> {
    let paths: Vec<PathBuf> = files.iter().map(|file| file.path().to_path_buf()).collect();
    let hash = |path: &PathBuf| -> std::io::Result<String> {
        let mut hasher = Sha256::new();
        let (mut file, mut block) = (File::open(path)?, vec![0; 1 << 16]);
        loop {
            match file.read(&mut block)? {
                0 => break,
                read => hasher.update(&block[..read]),
            }
        }
        Ok(hex(&hasher.finalize()))
    };
    std::thread::spawn(move || paths.iter().map(|path| hash(path).ok()).collect())
}

/// Reads until the ways in which dates and numbers are written are settled.
fn settled(
    files: &[Source],
    options: &Options,
    log: &mut Diagnostics,
    progress: &mut dyn FnMut(Progress),
) -> Result<Sales, Error> {
    let mut styles = Styles::asked(options);
    // A text may show only later how its dates and numbers are written; then it is read again.
    for _ in 0..4 {
        let mut own = Diagnostics::new();
        let attempt = attempt(files, options, &mut styles, &mut own, progress);
        match attempt {
            Ok(None) => continue,
            Ok(Some(sales)) => {
                log.extend(own);
                return Ok(sales);
            }
            Err(error) => {
                log.extend(own);
                return Err(joined(error, log));
            }
        }
    }
    Err(Error::internal("the ways in which dates are written do not settle"))
}

/// An error with the diagnostics that were there before.
fn joined(error: Error, log: &Diagnostics) -> Error {
    match error {
        Error::Input(faults) => {
            let mut all = log.clone();
            for fault in faults.iter() {
                if !all.iter().any(|known| known == fault) {
                    all.push(fault.clone());
                }
            }
            Error::Input(all)
        }
        failure => failure,
    }
}

/// Standard input becomes a file, since it may have to be read twice.
fn stdin_to_file(files: &mut [Source]) -> Result<Option<tempfile::NamedTempFile>, Error> {
    let Some(stdin) = files.iter_mut().find(|source| source.name == "-") else { return Ok(None) };
    let failed = |error: std::io::Error| {
        Error::from(
            Diagnostic::error(Code::FileUnreadable, format!("cannot read: {error}"))
                .at(Place::file("standard input")),
        )
    };
    let mut file = tempfile::NamedTempFile::new().map_err(failed)?;
    std::io::copy(&mut std::io::stdin().lock(), &mut file).map_err(failed)?;
    stdin.path = Some(file.path().to_path_buf());
    stdin.name = "standard input".to_string();
    Ok(Some(file))
}

/// Reads everything once. `None` if it has to be read again, in other styles.
fn attempt(
    files: &[Source],
    options: &Options,
    styles: &mut Styles,
    log: &mut Diagnostics,
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<Sales>, Error> {
    let bytes_read = Arc::new(AtomicU64::new(0));
    let sizes: Vec<u64> = files.iter().map(Source::size).collect();
    let bytes_in_all = sizes.iter().sum();
    let period = Period::of(options, log);
    log.refuse_if_faulty()?;
    let threads = match options.threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let mut seen = Seen::default();
    let mut sums: Option<Sums> = None;
    let mut spool = None;
    let mut columns: Option<Columns> = None;
    let mut reasons = Vec::new();
    for (number, source) in files.iter().enumerate() {
        let before = source.state();
        let opened =
            open_source(source, options, styles, &period, columns.as_ref(), &bytes_read, log)?;
        let Some(opened) = opened else { continue };
        if columns.is_none() {
            columns = Some(opened.plan.columns.clone());
            reasons = opened.plan.steps.clone();
            if options.keep_set_aside {
                spool = Some(Spool::new(&opened.header).map_err(unkept)?);
            }
        }
        let at = |role| opened.plan.columns.at(role).is_some();
        let sums = sums.get_or_insert_with(|| {
            Sums::new(Wanted {
                orders: at(Role::Order),
                products: at(Role::Product),
                costs: at(Role::Cost),
                countries: at(Role::Country),
                repeats: !options.deduplicate && !options.ignore_repeats,
                deduplicate: options.deduplicate,
                first_line: options.compat.first_line,
                text_dates: options.compat.text_dates,
                separate: options.returns == Returns::Separate,
                duplicate: opened.plan.duplicate(),
                used: opened.plan.used(),
            })
        });
        if !opened.rows.are_hashed() {
            sums.leave_duplicates();
        }
        if let Some(zone) = opened.rows.zone() {
            seen.zones.push((zone.to_string(), super::parse::row_key(seen.blocks.len() as u32, 0)));
        }
        let mut tell = |rows| {
            let bytes = bytes_read.load(Ordering::Relaxed);
            progress(Progress { bytes, bytes_in_all, rows });
        };
        pass(number as u32, opened, threads, sums, &mut seen, &mut spool, &mut tell)
            .map_err(|broken| broken.told(source))?;
        if source.state() != before {
            let fault = Diagnostic::error(Code::FileChanged, "the file changed while it was read")
                .at(Place::file(&source.name))
                .hint("wait until it is written, or read a copy of it");
            return Err(fault.into());
        }
    }
    log.refuse_if_faulty()?;
    let (Some(mut sums), Some(columns)) = (sums, columns) else {
        return Err(Diagnostic::error(Code::NoRows, "there are no sales lines").into());
    };
    if !styles.decode(files, &seen, log) {
        return Ok(None);
    }
    let place = |row: u64| place(files, &seen, row);
    if !styles.settle(&seen, &place, log)? {
        return Ok(None);
    }
    let too_much = |_| Broken::TooMuch.told(&files[0]);
    if options.level == Level::Customer {
        one_row_each(&sums, &files[0])?;
    }
    let ledger = sums.ledger(&reasons).map_err(too_much)?;
    sums.close();
    let Some((first, last)) = sums.span else { return Err(nothing_used(files, &ledger)) };
    let set_aside = spool.map(Spool::read).transpose().map_err(unkept)?;
    let largest = sums.largest.map(|(row, money)| (place(row), money));
    let by_default = Day::from_number(last.day().number() + 1).unwrap_or(last.day());
    let files = files.iter().zip(sizes).map(|(source, bytes)| SourceFile {
        file: source.short_name(),
        bytes,
        sha256: None,
    });
    let has_orders = columns.at(Role::Order).is_some();
    let account = Account {
        files: files.collect(),
        columns,
        ledger,
        as_of: period.as_of.unwrap_or(by_default),
        as_of_by_default: period.as_of.is_none(),
        first,
        last,
        returns: options.returns,
        ignores_repeats: options.ignore_repeats,
        level: options.level,
    };
    Ok(Some(Sales {
        account,
        has_orders,
        set_aside,
        largest,
        first_line: options.compat.first_line,
        steps: reasons.len(),
        orders: ByCustomer::new(&sums.orders.sums, sums.customers.len()),
        sums,
    }))
}

/// Faults for customers with several rows, where a row is a customer.
fn one_row_each(sums: &Sums, source: &Source) -> Result<(), Error> {
    let many = sums.customers.iter().zip(0..).filter(|(customer, _)| customer.lines > 1);
    let mut names: Vec<String> = many
        .map(|(_, number)| plain(&String::from_utf8_lossy(sums.customer_ids.text(number))))
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    names.sort();
    let shown: Vec<&str> = names.iter().take(5).map(String::as_str).collect();
    let message = match names.len() {
        1 => format!("the customer {} has several rows", shown[0]),
        all => format!("{all} customers have several rows, such as {}", list(&shown)),
    };
    let fault = Diagnostic::error(Code::CustomerDuplicate, message)
        .at(Place::file(&source.name))
        .hint("keep one row for each; or, if the rows are sales, leave out --level customer");
    Err(fault.into())
}

/// Where a row stands.
fn place(files: &[Source], seen: &Seen, row: u64) -> Place {
    let (block, line) = ((row >> 32) as usize, row & u64::from(u32::MAX));
    let (source, first) = seen.blocks.get(block).copied().unwrap_or_default();
    let Some(source) = files.get(source as usize) else { return Place::file("") };
    let number = (first + line) as usize;
    match source.kind {
        Kind::Parquet => Place::row(&source.name, number),
        Kind::Text | Kind::Sheet => Place::line(&source.name, number, None),
    }
}

fn nothing_used(files: &[Source], ledger: &Ledger) -> Error {
    let reasons: Vec<String> = ledger
        .set_aside
        .iter()
        .map(|aside| format!("{} {}", count(aside.rows as usize, "row"), aside.reason.words()))
        .collect();
    let message = match reasons.is_empty() {
        true => "there are no sales lines".to_string(),
        false => format!("no row can be used: {}", reasons.join("; ")),
    };
    Diagnostic::error(Code::NoRows, message)
        .at(Place::file(files.first().map_or("", |source| source.name.as_str())))
        .hint("check the columns by --customer, --date, --amount and the conditions")
        .into()
}
