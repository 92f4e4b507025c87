//! `Range: bytes=…` (RFC 9110, section 14): one range; several are answered with the whole file, as the RFC allows.

use std::ops::Range;

/// What to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All of it: no range, an unknown unit, several ranges, or something unreadable.
    Whole,
    /// These bytes.
    Part(Range<u64>),
    /// Nothing of it lies within the file.
    Outside,
}

/// Reads a `Range` header for a file of `length` bytes.
pub(crate) fn wanted(header: Option<&str>, length: u64) -> Wanted {
    let Some(spec) = header.and_then(|header| header.trim().strip_prefix("bytes=")) else {
        return Wanted::Whole;
    };
    let Some((first, last)) = spec.trim().split_once('-').filter(|_| !spec.contains(',')) else {
        return Wanted::Whole;
    };
    match (number(first), number(last)) {
        (Some(Some(first)), Some(last)) => {
            if last.is_some_and(|last| last < first) {
                return Wanted::Whole;
            }
            let end = last.map_or(length, |last| last.saturating_add(1).min(length));
            if first < length {
                Wanted::Part(first..end)
            } else {
                Wanted::Outside
            }
        }
        (Some(None), Some(Some(suffix))) => match suffix.min(length) {
            0 => Wanted::Outside,
            suffix => Wanted::Part(length - suffix..length),
        },
        _ => Wanted::Whole,
    }
}

/// `None`: not a number. `Some(None)`: nothing there.
fn number(text: &str) -> Option<Option<u64>> {
    match text.trim() {
        "" => Some(None),
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => Some(Some(digits.parse().unwrap_or(u64::MAX))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Wanted::{self, *};
    use super::wanted;

    #[test]
    fn ranges_are_read_as_the_rfc_says() {
        let cases: [(&str, Wanted); 14] = [
            ("bytes=0-0", Part(0..1)),
            ("bytes=0-99", Part(0..100)),
            ("bytes=0-100000", Part(0..100)),
            ("bytes=50-", Part(50..100)),
            ("bytes=-10", Part(90..100)),
            ("bytes=-1000", Part(0..100)),
            ("bytes=100-", Outside),
            ("bytes=-0", Outside),
            ("bytes=99999999999999999999999-", Outside),
            ("bytes=5-2", Whole),
            ("bytes=0-1,5-6", Whole),
            ("bytes=a-b", Whole),
            ("lines=0-1", Whole),
            ("bytes=-", Whole),
        ];
        for (header, expected) in cases {
            assert_eq!(wanted(Some(header), 100), expected, "{header}");
        }
        assert_eq!(wanted(None, 100), Whole);
        assert_eq!(wanted(Some("bytes=0-"), 0), Outside);
    }
}
