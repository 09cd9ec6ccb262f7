//! A JSON document read part by part, so that all faults are told at once.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A damaged file may hold any number of faults; these are enough to see.
const MOST_FAULTS: usize = 20;

/// Reads parts of a document by the way to them.
pub(super) struct Reader<'a> {
    pub(super) file: &'a str,
    pub(super) log: &'a mut Diagnostics,
}

impl Reader<'_> {
    /// Tells a fault of the part at this path.
    pub(super) fn fault(&mut self, path: &str, message: impl Into<String>) {
        if self.log.len() < MOST_FAULTS {
            let fault = Diagnostic::error(Code::SavedUnreadable, message)
                .at(Place::json(self.file, path))
                .hint("make the result anew: `custval evaluate … -o DIR`");
            self.log.push(fault);
        }
    }

    /// A part of an object.
    pub(super) fn part<T: DeserializeOwned>(
        &mut self,
        object: &Value,
        path: &str,
        key: &str,
    ) -> Option<T> {
        let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
        match object.get(key) {
            Some(value) => self.read(value, &path),
            None => {
                self.fault(&path, "the part is missing");
                None
            }
        }
    }

    /// A part of an object that is left out where there is nothing in it.
    pub(super) fn part_if_there<T: DeserializeOwned + Default>(
        &mut self,
        object: &Value,
        path: &str,
        key: &str,
    ) -> Option<T> {
        match object.get(key) {
            Some(_) => self.part(object, path, key),
            None => Some(T::default()),
        }
    }

    /// The items of a list, each of which may be at fault.
    pub(super) fn list<T: DeserializeOwned>(
        &mut self,
        object: &Value,
        path: &str,
        key: &str,
    ) -> Option<Vec<T>> {
        let items: Vec<Value> = self.part(object, path, key)?;
        let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
        let read: Vec<Option<T>> = items
            .iter()
            .enumerate()
            .map(|(at, item)| self.read(item, &format!("{path}[{at}]")))
            .collect();
        read.into_iter().collect()
    }

    fn read<T: DeserializeOwned>(&mut self, value: &Value, path: &str) -> Option<T> {
        T::deserialize(value).map_err(|error| self.fault(path, format!("{error}"))).ok()
    }
}
