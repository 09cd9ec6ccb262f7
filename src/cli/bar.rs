//! How far reading has come.

use custval::transactions::Progress;
use std::io::{IsTerminal, Write};
use std::time::Instant;

/// A line on standard error that tells how far reading has come, if a person watches.
pub(super) struct Bar {
    started: Instant,
    last: Option<Instant>,
    is_watched: bool,
}

impl Bar {
    pub(super) fn new() -> Bar {
        Bar { started: Instant::now(), last: None, is_watched: std::io::stderr().is_terminal() }
    }

    pub(super) fn tell(&mut self, progress: Progress) {
        let due = self.last.is_none_or(|last| last.elapsed().as_millis() >= 200);
        if !self.is_watched || !due || self.started.elapsed().as_millis() < 500 {
            return;
        }
        self.last = Some(Instant::now());
        let rate = progress.rows as f64 / self.started.elapsed().as_secs_f64();
        let share = match progress.bytes_in_all {
            0 => String::new(),
            all => format!("{:3.0} %  ", 100.0 * progress.bytes as f64 / all as f64),
        };
        let mut out = std::io::stderr().lock();
        let _ = write!(out, "\r\u{1b}[2K{share}{} rows, {:.0} a second", progress.rows, rate);
        let _ = out.flush();
    }

    pub(super) fn end(&mut self) {
        if self.last.is_some() {
            let _ = write!(std::io::stderr().lock(), "\r\u{1b}[2K");
        }
    }
}
