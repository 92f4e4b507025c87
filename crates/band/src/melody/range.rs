//! How high and how low a melody may go.

use crate::score::Voice;

/// MIDI note numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) low: i32,
    pub(super) high: i32,
}

impl Range {
    /// A tenth or a little more where the voice is at ease.
    pub(super) fn of_voice(voice: Voice) -> Self {
        match voice {
            Voice::Female => Self { low: 57, high: 73 },
            Voice::Male => Self { low: 48, high: 64 },
            Voice::Child => Self { low: 60, high: 74 },
        }
    }

    /// For an instrument, above the accompaniment.
    pub(super) fn of_lead() -> Self {
        Self { low: 62, high: 81 }
    }

    /// Where a section of this lift circles: verses in the lower half, choruses four semitones above.
    pub(super) fn centre(self, lift: i32) -> i32 {
        let middle = (self.low + self.high) / 2;
        (middle - 3 + lift).clamp(self.low + 4, self.high - 4)
    }
}
