//! Sliding from one pitch to the next: portamento of synthesizers, the finger of a fretless bass.

use crate::dsp::RATE;

use super::Touch;

/// How long a slide takes, seconds.
pub(crate) const GLIDE: f32 = 0.11;

/// Semitones still to go, `seconds` after the beginning of a slide over `interval` semitones.
///
/// The same curve bends the pitch of the exported MIDI file, so that file and sound agree.
pub(crate) fn remaining(interval: f32, seconds: f32) -> f32 {
    let share = (seconds / GLIDE).clamp(0.0, 1.0);
    interval * (1.0 - share * share * (3.0 - 2.0 * share))
}

impl Touch {
    /// The ratio of the frequency to the note's own, `index` samples after its beginning: 1 unless it slides.
    pub(crate) fn bend(&self, index: usize) -> f32 {
        let Some(from) = self.from else { return 1.0 };
        let seconds = index as f32 / RATE;
        if seconds >= GLIDE {
            return 1.0;
        }
        let interval = f32::from(from) - f32::from(self.pitch);
        libm::exp2f(remaining(interval, seconds) / 12.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slide_begins_on_the_old_note_and_ends_on_the_new_one() {
        let touch = Touch {
            pitch: 48,
            velocity: 0.8,
            held: 44_100,
            variant: 0,
            from: Some(36),
            beat: 22_050.0,
        };
        assert!((touch.bend(0) - 0.5).abs() < 1e-4);
        assert!(touch.bend(2_400) > 0.6 && touch.bend(2_400) < 0.85);
        assert_eq!(touch.bend(5_000), 1.0);
    }
}
