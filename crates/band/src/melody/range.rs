//! How high and how low a melody may go.

use crate::score::Voice;

/// Semitones a melody needs.
const NARROWEST: i32 = 9;

/// MIDI note numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) low: i32,
    pub(crate) high: i32,
}

impl Range {
    /// Where the voice is at ease and its words are understood best: choruses touch the upper end, verses circle below
    /// the middle.
    pub(crate) fn of_voice(voice: Voice) -> Self {
        match voice {
            Voice::Female => Self { low: 57, high: 71 },
            Voice::Male => Self { low: 50, high: 64 },
            Voice::Child => Self { low: 60, high: 73 },
        }
    }

    /// For an instrument, above the accompaniment.
    pub(super) fn of_lead() -> Self {
        Self { low: 62, high: 81 }
    }

    /// For an instrument that shows what it can.
    pub(super) fn of_solo() -> Self {
        Self { low: 57, high: 86 }
    }

    /// What all of these voices can sing together, each in an octave of its own; written for the first.
    pub(super) fn together(voices: &[Voice]) -> Self {
        let Some((first, others)) = voices.split_first() else {
            return Self::of_voice(Voice::Female);
        };
        let mut shared = Self::of_voice(*first);
        for other in others.iter().map(|voice| Self::of_voice(*voice)) {
            let octaves = 12 * ((shared.middle() - other.middle()) as f32 / 12.0).round() as i32;
            let both = Self {
                low: shared.low.max(other.low + octaves),
                high: shared.high.min(other.high + octaves),
            };
            shared = if both.high - both.low >= NARROWEST {
                both
            } else {
                shared
            };
        }
        shared
    }

    fn middle(self) -> i32 {
        (self.low + self.high) / 2
    }

    /// Where a section of this lift circles: verses in the lower half, choruses four semitones above.
    pub(super) fn centre(self, lift: i32) -> i32 {
        let middle = (self.low + self.high) / 2;
        (middle - 3 + lift).clamp(self.low + 4, self.high - 4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duet_stays_where_both_are_at_ease() {
        let shared = Range::together(&[Voice::Female, Voice::Male]);
        let (female, male) = (Range::of_voice(Voice::Female), Range::of_voice(Voice::Male));
        assert!(female.low <= shared.low && shared.high <= female.high);
        assert!(male.low <= shared.low - 12 && shared.high - 12 <= male.high);
        assert!(shared.high - shared.low >= NARROWEST);
        assert_eq!(Range::together(&[Voice::Child]), Range::of_voice(Voice::Child));
    }
}
