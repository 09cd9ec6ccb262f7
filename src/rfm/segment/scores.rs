//! Scores as they are written: ranges, cells, codes.

/// Scores as a code: 344, or 10-3-4 where there are more than nine levels.
pub(in crate::rfm) fn code(scores: &[u32], levels: u32) -> String {
    let written: Vec<String> = scores.iter().map(u32::to_string).collect();
    written.join(if levels > 9 { "-" } else { "" })
}

/// "3" or "1-3", between the ends.
pub(super) fn range(written: &str, least: u32, most: u32) -> Option<(u32, u32)> {
    let (low, high) = written.split_once('-').unwrap_or((written, written));
    let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
    (least <= low && low <= high && high <= most).then_some((low, high))
}

/// A code as scores, one for each letter.
pub(super) fn cell(written: &str, letters: usize, levels: u32) -> Option<Vec<u32>> {
    let parts: Vec<u32> = if levels > 9 {
        written.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?
    } else {
        written.chars().map(|digit| digit.to_digit(10)).collect::<Option<_>>()?
    };
    let is_sound = parts.len() == letters && parts.iter().all(|score| (1..=levels).contains(score));
    is_sound.then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(range("2 - 4", 1, 5), Some((2, 4)));
        assert_eq!(range("3", 1, 5), Some((3, 3)));
        for wrong in ["", "0-3", "4-2", "6", "2-", "1-2-3", "a", "-1"] {
            assert_eq!(range(wrong, 1, 5), None, "{wrong}");
        }
        assert_eq!(cell("344", 3, 4), Some(vec![3, 4, 4]));
        assert_eq!(cell("10-3", 2, 12), Some(vec![10, 3]));
        for wrong in ["34", "3445", "305", "3-4-4", "３44"] {
            assert_eq!(cell(wrong, 3, 4), None, "{wrong}");
        }
        assert_eq!((code(&[3, 4], 5), code(&[10, 4], 10)), ("34".into(), "10-4".into()));
    }
}
