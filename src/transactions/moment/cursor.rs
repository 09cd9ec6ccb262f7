//! A place in a text that is being read.

/// Reads bytes from left to right.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub fn new(rest: &'a [u8]) -> Self {
        Cursor { rest }
    }

    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next byte, or nought at the end.
    pub fn peek(&self) -> u8 {
        self.rest.first().copied().unwrap_or(0)
    }

    /// Passes this byte if it is the next one.
    pub fn take(&mut self, byte: u8) -> bool {
        match self.rest {
            [first, rest @ ..] if *first == byte => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// Passes any of these bytes, however many.
    pub fn skip(&mut self, any: &[u8]) {
        while let [first, rest @ ..] = self.rest
            && any.contains(first)
        {
            self.rest = rest;
        }
    }

    /// Passes up to `most` digits: their number, and how many they are.
    pub fn number(&mut self, most: usize) -> (u64, usize) {
        let mut number = 0_u64;
        let mut length = 0;
        while let Some(byte) = self.rest.get(length)
            && byte.is_ascii_digit()
            && length < most
        {
            number = number * 10 + u64::from(byte - b'0');
            length += 1;
        }
        self.rest = &self.rest[length..];
        (number, length)
    }

    /// The letters that follow, without passing them.
    pub fn letters(&self) -> &'a [u8] {
        let length = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        &self.rest[..length]
    }

    /// Passes this word if it comes next, in any case.
    pub fn word(&mut self, word: &[u8]) -> bool {
        match self.rest.split_at_checked(word.len()) {
            Some((first, rest)) if first.eq_ignore_ascii_case(word) => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// Passes so many bytes.
    pub fn pass(&mut self, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
    }
}
