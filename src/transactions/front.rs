//! A source that is open as far as its header.

use super::parse::{Spans, settle};
use super::pass::Broken;
use super::plan::Plan;
use super::reader::Reader;
use super::source::{
    Blocks, Kind, Marks, Rows, Source, Span, Stop, Table, Text, Whole, delimiter, header, open,
    sheet,
};
use super::{DateScout, Kind as ColumnKind, NumberScout, Options};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::plain;
use encoding_rs::Encoding;
use memchr::memchr_iter;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// A source that is open as far as its header.
pub(crate) enum Front {
    /// A text behind its header.
    Text { text: Text, delimiter: u8, header: Vec<String>, header_lines: u32 },
    /// Typed columns.
    Typed(Table),
}

/// What was seen of the ways to write dates and numbers.
type Scouts = (DateScout, NumberScout);

impl Front {
    pub(crate) fn open(
        source: &Source,
        options: &Options,
        found: Option<&'static Encoding>,
        bytes_read: &Arc<AtomicU64>,
        log: &mut Diagnostics,
    ) -> Result<Front, Error> {
        let encoding = encoding(options)?.or(found);
        let mut text = match source.kind {
            Kind::Text => source
                .open()
                .and_then(|file| open(file, &source.name, encoding, Arc::clone(bytes_read), log))
                .map_err(|error| Broken::Stopped(Stop::Unreadable(error)).told(source))?,
            Kind::Sheet => sheet(&source.name, options.sheet.as_deref(), log)?,
            Kind::Parquet => return Ok(Front::Typed(Table::open(source, Arc::clone(bytes_read))?)),
        };
        let delimiter = match (source.kind, options.delimiter) {
            (Kind::Text, Some(told)) => told,
            (Kind::Text, None) => delimiter(&text.sample),
            _ => b',',
        };
        let (header, behind) = header(&text.sample, delimiter);
        let header_lines = memchr_iter(b'\n', &text.sample[..behind]).count() as u32;
        text.sample.drain(..behind);
        Ok(Front::Text { text, delimiter, header, header_lines })
    }

    /// The names of its columns.
    pub(crate) fn names(&self) -> Vec<String> {
        match self {
            Front::Text { header, .. } => header.clone(),
            Front::Typed(table) => table.names(),
        }
    }

    /// What the values of a column are, where its type says.
    pub(crate) fn kind(&self, column: usize) -> Option<ColumnKind> {
        match self {
            Front::Text { .. } => None,
            Front::Typed(table) => table.kind(column),
        }
    }

    /// What parts the fields of a text.
    pub(crate) fn delimiter(&self) -> u8 {
        match self {
            Front::Text { delimiter, .. } => *delimiter,
            Front::Typed(_) => b',',
        }
    }

    /// The lines of its header, and above.
    pub(crate) fn header_lines(&self) -> u32 {
        match self {
            Front::Text { header_lines, .. } => *header_lines,
            Front::Typed(_) => 0,
        }
    }

    /// All its rows; with `scouted`, also what the first of them show of the ways to write dates and
    /// numbers.
    pub(crate) fn rows(
        self,
        source: &Source,
        plan: &Plan,
        whole: Whole,
        scouted: bool,
        log: &mut Diagnostics,
    ) -> Result<(Rows, Option<Scouts>), Error> {
        match self {
            Front::Text { text, delimiter, .. } => {
                let seen = scouted.then(|| scout(&text.sample, delimiter, plan));
                let blocks = Blocks::new(text.reader, text.sample, delimiter);
                Ok((Rows::Text(blocks), seen))
            }
            Front::Typed(table) => {
                let mut batches = table.read(plan, whole, log)?;
                let first = if scouted { batches.first() } else { Ok(None) };
                let first = first.map_err(|stop| Broken::Stopped(stop).told(source))?;
                let parsed = first.map(|first| first.parse(0, plan));
                let seen = parsed.map(|parsed| (parsed.dates, parsed.numbers));
                Ok((Rows::Typed(batches), seen))
            }
        }
    }
}

/// Looks at the beginning of a text for how its dates and numbers are written.
fn scout(sample: &[u8], delimiter: u8, plan: &Plan) -> Scouts {
    let mut reader = Reader::new(plan);
    let mut bytes = sample.to_vec();
    let mut fields: Vec<Span> = Vec::new();
    let mut marks = Marks::new(delimiter);
    let mut at = 0;
    while at < sample.len() {
        at = marks.record(sample, at, &mut fields);
        fields.iter_mut().for_each(|field| settle(field, &mut bytes));
        // The sample may end within a row.
        if at < sample.len() && fields.len() == plan.width {
            reader.line(&Spans { bytes: &bytes, fields: &fields }, 0);
        }
    }
    (reader.dates, reader.numbers)
}

fn encoding(options: &Options) -> Result<Option<&'static Encoding>, Error> {
    let Some(name) = &options.encoding else { return Ok(None) };
    let label = match name.to_lowercase().as_str() {
        "latin-1" | "ansi" => "latin1".to_string(),
        other => other.to_string(),
    };
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) => Ok(Some(encoding)),
        None => {
            let message = format!("“{}” is no encoding that custval knows", plain(name));
            let fault = Diagnostic::error(Code::EncodingUnknown, message)
                .at(Place::option("--encoding"))
                .hint("common ones are utf-8, latin1, windows-1252, gbk, gb18030, big5, utf-16le");
            Err(fault.into())
        }
    }
}
