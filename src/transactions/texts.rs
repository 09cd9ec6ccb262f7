//! Many texts, most of them short: eight bytes each, and longer ones behind one another.

/// Texts up to so many bytes stand in their place.
const SHORT: usize = 7;

/// What the last byte of a place says where the text stands elsewhere; else it is the length.
const LONG: u8 = u8::MAX;

/// Texts by their numbers, which count from 0.
#[derive(Default)]
pub(crate) struct Texts {
    /// The short texts; of long ones where they begin in `long`.
    places: Vec<[u8; SHORT + 1]>,
    /// The long ones, each behind its length.
    long: Vec<u8>,
}

impl Texts {
    /// A short text as it stands in its place; `None` for a long one.
    #[inline]
    pub(crate) fn short(text: &[u8]) -> Option<[u8; SHORT + 1]> {
        let mut place = [0; SHORT + 1];
        let length = text.len();
        // Two reads that overlap instead of one for each byte.
        match length {
            0 => {}
            1..4 => {
                place[0] = text[0];
                place[length / 2] = text[length / 2];
                place[length - 1] = text[length - 1];
            }
            4..=SHORT => {
                let (first, last) = (text.first_chunk::<4>()?, text.last_chunk::<4>()?);
                place[..4].copy_from_slice(first);
                place[length - 4..length].copy_from_slice(last);
            }
            _ => return None,
        }
        place[SHORT] = length as u8;
        Some(place)
    }

    /// Adds a text; returns its number.
    pub(crate) fn push(&mut self, text: &[u8]) -> u32 {
        let place = Texts::short(text).unwrap_or_else(|| {
            let mut place = (self.long.len() as u64).to_le_bytes();
            place[SHORT] = LONG;
            self.long.extend_from_slice(&(text.len() as u32).to_le_bytes());
            self.long.extend_from_slice(text);
            place
        });
        self.places.push(place);
        self.places.len() as u32 - 1
    }

    /// Whether a number's text is this one, which has been made `short` if it can be.
    #[inline]
    pub(crate) fn is(&self, number: u32, short: Option<[u8; SHORT + 1]>, text: &[u8]) -> bool {
        match short {
            Some(short) => self.places[number as usize] == short,
            None => self.get(number) == text,
        }
    }

    /// The text of a number.
    pub(crate) fn get(&self, number: u32) -> &[u8] {
        let place = &self.places[number as usize];
        if place[SHORT] != LONG {
            return &place[..usize::from(place[SHORT])];
        }
        let mut start = *place;
        start[SHORT] = 0;
        let rest = &self.long[u64::from_le_bytes(start) as usize..];
        match rest.split_first_chunk::<4>() {
            Some((length, rest)) => &rest[..u32::from_le_bytes(*length) as usize],
            None => &[],
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_are_kept_and_known_again(
            texts in prop::collection::vec("[a-c\\x00]{0,12}|x{250,260}", 1..20),
        ) {
            let mut kept = Texts::default();
            for text in &texts {
                kept.push(text.as_bytes());
            }
            for (number, text) in texts.iter().enumerate() {
                prop_assert_eq!(kept.get(number as u32), text.as_bytes());
                for other in &texts {
                    let other = other.as_bytes();
                    let is = kept.is(number as u32, Texts::short(other), other);
                    prop_assert_eq!(is, text.as_bytes() == other);
                }
            }
        }
    }
}
