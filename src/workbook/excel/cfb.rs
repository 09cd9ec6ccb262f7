//! The frame of an xls file, looked over before calamine reads it: a chain of sectors that runs in a
//! circle would be read until memory ends, and calamine takes room for every cell between two that
//! are far apart.

/// Sector numbers from here on are marks, such as the end of a chain.
const FIRST_MARK: u32 = 0xFFFF_FFFA;

/// The length of a directory entry.
const ENTRY: usize = 128;

/// What a look at the frame says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// It can be read; its sheets come to this many cells, empty ones between them included.
    Cells(u64),
    /// A password is needed.
    Encrypted,
    /// A chain leaves the file or does not end, or there is no workbook in it.
    Damaged,
}

/// Looks over the frame of an xls file.
pub(super) fn look(bytes: &[u8]) -> Verdict {
    let frame = Frame::new(bytes).filter(Frame::is_sound);
    let book = frame.and_then(|frame| frame.stream("Workbook").or_else(|| frame.stream("Book")));
    match book {
        Some(book) => weigh(&book),
        None => Verdict::Damaged,
    }
}

/// The records of a stream from a place on: (kind, content). It ends at the first that is cut short.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = (u32, &[u8])> {
    let mut at = from;
    std::iter::from_fn(move || {
        let (kind, length) = (number(stream, at, 2)?, number(stream, at + 2, 2)? as usize);
        let content = stream.get(at + 4..at + 4 + length)?;
        at += 4 + length;
        Some((kind, content))
    })
}

const END: u32 = 0x000A;
const BEGIN: u32 = 0x0809;

/// Counts the cells between the outermost of each sheet.
fn weigh(book: &[u8]) -> Verdict {
    let mut cells = 0u64;
    for (kind, content) in records(book, 0).take_while(|(kind, _)| *kind != END) {
        match kind {
            0x002F => return Verdict::Encrypted,
            0x0085 => {
                let at = number(content, 0, 4).map(|at| at as usize);
                match at.filter(|at| *at < book.len()).and_then(|at| sheet_cells(book, at)) {
                    Some(more) => cells = cells.saturating_add(more),
                    None => return Verdict::Damaged,
                }
            }
            _ => {}
        }
    }
    Verdict::Cells(cells)
}

/// The cells between the outermost of a sheet; `None` where a range ends before it begins.
fn sheet_cells(book: &[u8], from: usize) -> Option<u64> {
    let (mut depth, mut declared) = (0u32, 0u64);
    // First and last row, first and last column.
    let mut used: Option<[u32; 4]> = None;
    for (kind, content) in records(book, from) {
        let field = |at| number(content, at, 2).unwrap_or(0);
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            // What the sheet says of its own size; calamine keeps room for it.
            0x0200 => {
                let long = |at| number(content, at, 4).unwrap_or(0);
                let (rows, columns) = if content.len() >= 14 {
                    ((long(0), long(4)), (field(8), field(10)))
                } else {
                    ((field(0), field(2)), (field(4), field(6)))
                };
                let length =
                    |(first, end): (u32, u32)| Some(u64::from(end.checked_sub(first)?) + 1);
                declared = declared.max(length(rows)?.saturating_mul(length(columns)?));
            }
            0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E => {
                let (row, first) = (field(0), field(2));
                let last = match kind {
                    0x00BD => field(content.len().saturating_sub(2)),
                    _ => first,
                };
                if last < first {
                    return None;
                }
                let [top, bottom, left, right] = used.unwrap_or([row, row, first, last]);
                used = Some([top.min(row), bottom.max(row), left.min(first), right.max(last)]);
            }
            _ => {}
        }
    }
    let area = used.map_or(0, |[top, bottom, left, right]| {
        u64::from(bottom - top + 1) * u64::from(right - left + 1)
    });
    // A sheet of this form has 65,536 rows and 256 columns; to declare all of them costs nothing.
    Some(if declared > 65_537 * 257 { area.saturating_add(declared) } else { area })
}

struct Frame<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    /// For each sector the next of its chain.
    next: Vec<u32>,
}

impl<'a> Frame<'a> {
    fn new(bytes: &'a [u8]) -> Option<Frame<'a>> {
        let sector_size = match number(bytes, 30, 2)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut frame = Frame { bytes, sector_size, next: Vec::new() };
        let mut tables: Vec<u32> = numbers(bytes.get(76..512)?);
        // Large files keep the rest of the list of tables in sectors of its own.
        let mut more = number(bytes, 68, 4)?;
        let mut read = 0;
        while more < FIRST_MARK {
            tables.extend(numbers(frame.sector(more)?));
            more = tables.pop()?;
            read += 1;
            if read > frame.sectors() {
                return None;
            }
        }
        tables.retain(|table| *table < FIRST_MARK);
        if tables.len() > frame.sectors() {
            return None;
        }
        for table in tables {
            let entries = numbers(frame.sector(table)?);
            frame.next.extend(entries);
        }
        Some(frame)
    }

    fn sectors(&self) -> usize {
        (self.bytes.len() / self.sector_size).saturating_sub(1) + 1
    }

    /// A sector; the last of the file may be cut short.
    fn sector(&self, at: u32) -> Option<&'a [u8]> {
        let start = (at as usize + 1) * self.sector_size;
        let end = (start + self.sector_size).min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty() && sector.len() % 4 == 0)
    }

    /// The sectors of a chain, or `None` if it leaves the file or does not end.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        let mut at = start;
        let mut read = 0;
        while at < FIRST_MARK {
            content.extend_from_slice(self.sector(at)?);
            at = *self.next.get(at as usize)?;
            read += 1;
            if read > self.next.len() {
                return None;
            }
        }
        Some(content)
    }

    /// A stream by its name.
    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let wanted: Vec<u8> =
            name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
        let entries = self.chain(number(self.bytes, 48, 4)?)?;
        let entry = entries.chunks_exact(ENTRY).find(|entry| {
            entry[..64].to_ascii_lowercase().starts_with(&wanted.to_ascii_lowercase())
        })?;
        let (start, length) = (number(entry, 116, 4)?, number(entry, 120, 4)? as usize);
        let mut content = if length >= 4096 {
            self.chain(start)?
        } else {
            self.small_stream(start, entries.get(..ENTRY)?)?
        };
        content.truncate(length);
        Some(content)
    }

    /// A stream in the small sectors that the root holds.
    fn small_stream(&self, start: u32, root: &[u8]) -> Option<Vec<u8>> {
        const SMALL: usize = 64;
        let next: Vec<u32> = numbers(&self.chain(number(self.bytes, 60, 4)?)?);
        let sectors = self.chain(number(root, 116, 4)?)?;
        let mut content = Vec::new();
        let mut at = start;
        while at < FIRST_MARK && content.len() <= next.len() * SMALL {
            let from = at as usize * SMALL;
            content.extend_from_slice(sectors.get(from..from + SMALL)?);
            at = *next.get(at as usize)?;
        }
        Some(content)
    }

    fn is_sound(&self) -> bool {
        let field = |at| number(self.bytes, at, 4).unwrap_or(FIRST_MARK);
        let (Some(entries), Some(small)) = (self.chain(field(48)), self.chain(field(60))) else {
            return false;
        };
        let small: Vec<u32> = numbers(&small);
        let mut room = 0;
        entries.chunks_exact(ENTRY).enumerate().all(|(at, entry)| {
            let start = number(entry, 116, 4).unwrap_or(FIRST_MARK);
            let length = number(entry, 120, 4).unwrap_or(0) as usize;
            // Kinds: 0 is unused, 1 a folder, 2 a stream, 5 the root, whose stream holds the small
            // ones.
            match entry[66] {
                5 => {
                    let content = self.chain(start);
                    room = content.as_ref().map_or(0, Vec::len) / 64;
                    at == 0 && content.is_some_and(|content| content.len() >= length)
                }
                2 if length >= 4096 => {
                    self.chain(start)
                        .is_some_and(|content| content.len() >= length.min(self.bytes.len()))
                        && length <= self.bytes.len()
                }
                2 if length > 0 => ends(&small, start, room),
                _ => true,
            }
        })
    }
}

/// Whether a chain of small sectors ends, within so many of them.
fn ends(next: &[u32], start: u32, room: usize) -> bool {
    let mut at = start;
    for _ in 0..=next.len() {
        if at >= FIRST_MARK {
            return true;
        }
        match next.get(at as usize).filter(|_| (at as usize) < room) {
            Some(next) => at = *next,
            None => return false,
        }
    }
    false
}

/// A number of 2 or 4 bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + length)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|part| number(part, 0, 4)).collect()
}
