//! Patterns of LIKE: `%` for any letters, `_` for one.

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Any,
    One,
    Letter(char),
}

/// A pattern that is ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pieces: Vec<Piece>,
    minds_case: bool,
}

impl Pattern {
    /// Takes a pattern apart; `None` if it ends in its escape letter.
    pub fn new(pattern: &str, escape: Option<char>, minds_case: bool) -> Option<Pattern> {
        let mut pieces = Vec::new();
        let mut letters = pattern.chars();
        while let Some(letter) = letters.next() {
            let piece = match letter {
                letter if Some(letter) == escape => Piece::Letter(letters.next()?),
                '%' => Piece::Any,
                '_' => Piece::One,
                letter => Piece::Letter(letter),
            };
            // Two of them are as good as one.
            if piece != Piece::Any || pieces.last() != Some(&Piece::Any) {
                pieces.push(piece);
            }
        }
        Some(Pattern { pieces, minds_case })
    }

    /// Whether the whole text has this pattern. Bytes that are not UTF-8 are letters that equal none.
    pub fn matches(&self, text: &[u8]) -> bool {
        match std::str::from_utf8(text) {
            Ok(text) => self.fits(text),
            Err(_) => self.fits(&String::from_utf8_lossy(text)),
        }
    }

    /// Goes through the text once, and back to the last `%` where it does not fit: a later `%` never
    /// needs an earlier one to give way.
    fn fits(&self, text: &str) -> bool {
        let (mut piece, mut rest) = (0, text);
        let mut resume: Option<(usize, &str)> = None;
        loop {
            let mut letters = rest.chars();
            let letter = letters.next();
            match (self.pieces.get(piece), letter) {
                (None, None) => return true,
                (Some(Piece::Any), _) => {
                    piece += 1;
                    resume = Some((piece, rest));
                    continue;
                }
                (Some(wanted), Some(letter)) if self.is_like(wanted, letter) => {
                    piece += 1;
                    rest = letters.as_str();
                    continue;
                }
                _ => {}
            }
            let Some((after, from)) = resume else { return false };
            let mut letters = from.chars();
            if letters.next().is_none() {
                return false;
            }
            rest = letters.as_str();
            (piece, resume) = (after, Some((after, rest)));
        }
    }

    fn is_like(&self, wanted: &Piece, letter: char) -> bool {
        match wanted {
            Piece::One => true,
            Piece::Letter(wanted) if self.minds_case => *wanted == letter,
            Piece::Letter(wanted) => {
                *wanted == letter || wanted.to_lowercase().eq(letter.to_lowercase())
            }
            Piece::Any => false,
        }
    }
}
