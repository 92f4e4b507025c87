//! What the church modes play instead of a genre's own progressions, and how each mode closes.

use super::numeral::{Numeral, parse};
use crate::genre::Progressions;
use crate::score::Mode;

/// Progressions that show the mode's own colour; `None` for major and minor, which every genre brings.
pub(super) fn progressions(mode: Mode) -> Option<Progressions> {
    let (verse, chorus, bridge): (&[&str], &[&str], &[&str]) = match mode {
        Mode::Major | Mode::Minor => return None,
        Mode::Dorian => (
            &["i IV i VII", "i ii IV i"],
            &["i IV VII i", "i III IV i"],
            &["IV i VII i"],
        ),
        Mode::Phrygian => (
            &["i II i vii", "i i II i"],
            &["i II III II", "i VI II i"],
            &["iv II i i"],
        ),
        Mode::Lydian => (&["I II I V", "I I II II"], &["I II vi V", "I V II I"], &["vi II I V"]),
        Mode::Mixolydian => (
            &["I VII IV I", "I I VII IV"],
            &["I IV VII I", "I v IV I"],
            &["IV VII I I"],
        ),
    };
    let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    Some(Progressions {
        verse: owned(verse),
        chorus: owned(chorus),
        bridge: owned(bridge),
    })
}

/// The tonic and the chord that leads to it.
pub(super) fn cadence(mode: Mode) -> (Numeral, Numeral) {
    let (tonic, dominant) = match mode {
        Mode::Major | Mode::Lydian => ("I", "V"),
        Mode::Minor => ("i", "V"),
        Mode::Dorian => ("i", "VII"),
        Mode::Phrygian => ("i", "II"),
        Mode::Mixolydian => ("I", "VII"),
    };
    let bare = || Numeral {
        root: 0,
        intervals: vec![0, 7],
        bass: None,
        plain: true,
    };
    (
        parse(tonic, mode).unwrap_or_else(bare),
        parse(dominant, mode).unwrap_or_else(bare),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_modal_chord_can_be_read() {
        for mode in [Mode::Dorian, Mode::Phrygian, Mode::Lydian, Mode::Mixolydian] {
            let table = progressions(mode).unwrap();
            for line in table.verse.iter().chain(&table.chorus).chain(&table.bridge) {
                assert!(line.split(' ').all(|text| parse(text, mode).is_some()), "{line}");
            }
            assert_eq!(cadence(mode).0.intervals.len(), 3);
        }
    }
}
