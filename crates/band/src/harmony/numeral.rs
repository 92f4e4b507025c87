//! Roman numerals: "vi", "bVII", "iiø7", "IV/5".

use crate::score::Mode;

/// A chord relative to a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Numeral {
    /// Semitones from the tonic to the root, 0-11.
    pub(crate) root: u8,
    /// Semitones above the root, ascending from 0.
    pub(crate) intervals: Vec<u8>,
    /// Semitones from the tonic to the bass, when it is not the root.
    pub(crate) bass: Option<u8>,
    /// No seventh or other colour was written, so the genre may add one.
    pub(crate) plain: bool,
}

/// Semitones of the scale's seven degrees.
pub(crate) fn scale(mode: Mode) -> [u8; 7] {
    match mode {
        Mode::Major => [0, 2, 4, 5, 7, 9, 11],
        Mode::Minor => [0, 2, 3, 5, 7, 8, 10],
        Mode::Dorian => [0, 2, 3, 5, 7, 9, 10],
        Mode::Phrygian => [0, 1, 3, 5, 7, 8, 10],
        Mode::Lydian => [0, 2, 4, 6, 7, 9, 11],
        Mode::Mixolydian => [0, 2, 4, 5, 7, 9, 10],
    }
}

/// Reads one numeral. The degree is one of the mode's own scale: VI of C minor is A flat. Capitals are major chords,
/// small letters minor ones; `o` diminished, `ø` half-diminished; `/5` puts the fifth degree of the scale in the bass.
pub(crate) fn parse(text: &str, mode: Mode) -> Option<Numeral> {
    let (text, bass) = match text.split_once('/') {
        Some((chord, degree)) => (
            chord,
            Some(degree.parse::<usize>().ok().filter(|degree| (1..=7).contains(degree))?),
        ),
        None => (text, None),
    };
    let (shift, text) = match text.strip_prefix('b') {
        Some(rest) => (11, rest),
        None => text.strip_prefix('#').map_or((0, text), |rest| (1, rest)),
    };
    const ROMAN: [(&str, usize); 7] = [
        ("VII", 6),
        ("III", 2),
        ("VI", 5),
        ("IV", 3),
        ("II", 1),
        ("V", 4),
        ("I", 0),
    ];
    let (roman, degree) = ROMAN.iter().find(|(roman, _)| {
        text.get(..roman.len())
            .is_some_and(|head| head == *roman || head == roman.to_lowercase())
    })?;
    let major = text.starts_with(*roman);
    let suffix = &text[roman.len()..];
    let third = if major { 4 } else { 3 };
    let intervals: &[u8] = match suffix {
        "" => &[0, third, 7],
        "7" => &[0, third, 7, 10],
        "maj7" => &[0, third, 7, 11],
        "6" => &[0, third, 7, 9],
        "9" => &[0, third, 7, 10, 14],
        "maj9" => &[0, third, 7, 11, 14],
        "add9" => &[0, third, 7, 14],
        "7b9" => &[0, third, 7, 10, 13],
        "sus4" => &[0, 5, 7],
        "7sus4" => &[0, 5, 7, 10],
        "sus2" => &[0, 2, 7],
        "5" => &[0, 7],
        "o" => &[0, 3, 6],
        "o7" => &[0, 3, 6, 9],
        "ø" | "ø7" => &[0, 3, 6, 10],
        _ => return None,
    };
    let scale = scale(mode);
    Some(Numeral {
        root: (scale[*degree] + shift) % 12,
        intervals: intervals.to_vec(),
        bass: bass.map(|degree| scale[degree - 1]),
        plain: suffix.is_empty(),
    })
}

impl Numeral {
    /// Adds the seventh the scale has above a plain triad; the dominant always gets its minor seventh.
    ///
    /// The tonic gets the ninth instead: with a seventh it would sound like the chord on its own third, and the key with it.
    pub(crate) fn with_seventh(mut self, mode: Mode) -> Self {
        if !self.plain || self.intervals.len() != 3 {
            return self;
        }
        if self.root == 0 {
            self.intervals.push(14);
            return self;
        }
        let minor_seventh_in_scale = scale(mode).contains(&((self.root + 10) % 12));
        let is_dominant = self.root == 7 && self.intervals[1] == 4;
        self.intervals
            .push(if is_dominant || minor_seventh_in_scale { 10 } else { 11 });
        self
    }
}

/// What a lead sheet writes after the root: "m7", "maj7", "sus4".
pub(crate) fn suffix(intervals: &[u8]) -> &'static str {
    match intervals {
        [0, 4, 7] => "",
        [0, 3, 7] => "m",
        [0, 3, 6] => "dim",
        [0, 3, 6, 9] => "dim7",
        [0, 3, 6, 10] => "m7b5",
        [0, 4, 7, 10] => "7",
        [0, 4, 7, 11] => "maj7",
        [0, 3, 7, 10] => "m7",
        [0, 3, 7, 11] => "m(maj7)",
        [0, 4, 7, 9] => "6",
        [0, 3, 7, 9] => "m6",
        [0, 4, 7, 10, 14] => "9",
        [0, 4, 7, 10, 13] => "7b9",
        [0, 4, 7, 11, 14] => "maj9",
        [0, 3, 7, 10, 14] => "m9",
        [0, 4, 7, 14] => "add9",
        [0, 3, 7, 14] => "m(add9)",
        [0, 5, 7] => "sus4",
        [0, 5, 7, 10] => "7sus4",
        [0, 2, 7] => "sus2",
        [0, 7] => "5",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_in_their_mode() {
        for (text, mode, root, name) in [
            ("vi", Mode::Major, 9, "m"),
            ("VI", Mode::Minor, 8, ""),
            ("bVII", Mode::Major, 10, ""),
            ("iiø7", Mode::Minor, 2, "m7b5"),
            ("V7", Mode::Minor, 7, "7"),
            ("Imaj7", Mode::Major, 0, "maj7"),
            ("#ivo", Mode::Major, 6, "dim"),
            ("II", Mode::Phrygian, 1, ""),
        ] {
            let numeral = parse(text, mode).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((numeral.root, suffix(&numeral.intervals)), (root, name), "{text}");
        }
        assert_eq!(parse("I/5", Mode::Major).unwrap().bass, Some(7));
        for nonsense in ["", "H", "IX", "V13", "b", "I/9", "é"] {
            assert_eq!(parse(nonsense, Mode::Major), None, "{nonsense}");
        }
    }

    #[test]
    fn sevenths_come_from_the_scale_and_the_dominants_is_minor() {
        let seventh = |text: &str, mode| suffix(&parse(text, mode).unwrap().with_seventh(mode).intervals);
        assert_eq!(seventh("I", Mode::Major), "add9");
        assert_eq!(seventh("IV", Mode::Major), "maj7");
        assert_eq!(seventh("ii", Mode::Major), "m7");
        assert_eq!(seventh("V", Mode::Minor), "7");
        assert_eq!(seventh("VI", Mode::Minor), "maj7");
    }
}
