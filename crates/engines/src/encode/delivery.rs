//! Writes, listens, corrects: the loop that keeps every delivered file under the peak limit and at its loudness.

use crate::encode::PEAK_LIMIT;
use crate::error::EncodeError;
use crate::sound::amplitude;
use crate::sound::limiter::{limit, soften_where_loud};
use crate::sound::meter::{Reading, measure};

/// Other meters interpolate a little differently; this much is left for them, in decibels.
const METER_MARGIN: f64 = 0.08;
/// How far below the limit a correction aims, in decibels: a codec answers a small change with another overshoot.
const CORRECTION_MARGIN: f64 = 0.3;
/// How far the loudness may wander before it is corrected, in LU.
const LOUDNESS_TOLERANCE: f64 = 0.5;
/// The most that is added for what a low sample rate or bit rate takes away, in decibels.
const MOST_MAKE_UP: f64 = 2.0;
/// Corrections of single places, after which the whole song is made softer. Almost always none or one is needed.
const LOCAL_CORRECTIONS: usize = 3;
/// Corrections of any kind. Only noise at a very low bit rate needs more than the local ones.
const CORRECTIONS: usize = 6;

/// A way to write sound down and to play it again.
pub(crate) trait Format {
    /// What writing usually adds to true peaks, in decibels.
    fn usual_overshoot(&self) -> f64;

    /// The file for `samples`, interleaved stereo.
    fn write(&self, samples: &[f32]) -> Result<Vec<u8>, EncodeError>;

    /// What a player makes of the file, which holds `frames` frames.
    fn play(&self, file: &[u8], frames: u64) -> Result<Vec<f32>, EncodeError>;
}

/// The finished sound at the file's own rate.
pub(crate) struct Master<'a> {
    /// Interleaved stereo.
    pub(crate) samples: &'a [f32],
    pub(crate) rate: u32,
    /// Loudness as mastered, in LUFS, before any change of rate.
    pub(crate) wanted_loudness: f64,
}

impl Master<'_> {
    pub(crate) fn frames(&self) -> u64 {
        self.samples.len() as u64 / 2
    }

    /// The file `format` makes of this master. Where the file plays above the peak limit, the master is softened there by
    /// as much and written again.
    pub(crate) fn deliver(&self, format: &impl Format) -> Result<Vec<u8>, EncodeError> {
        let limit_heard = PEAK_LIMIT - METER_MARGIN;
        let ceiling = amplitude(limit_heard - format.usual_overshoot()) as f32;
        let mut samples = limit(self.samples, self.rate, 1.0, ceiling);
        let mut file = format.write(&samples)?;
        let mut made_up = 0.0;
        for correction in 0..CORRECTIONS {
            let played = format.play(&file, self.frames())?;
            let reading = measure(&played, self.rate)?;
            let make_up = self.make_up(&reading, made_up);
            let loudness_is_right = make_up == 0.0 || correction >= LOCAL_CORRECTIONS;
            if reading.true_peak <= limit_heard && loudness_is_right {
                return Ok(file);
            }
            if correction < LOCAL_CORRECTIONS {
                let allowed = amplitude(limit_heard - CORRECTION_MARGIN - make_up) as f32;
                soften_where_loud(&mut samples, &played, self.rate, allowed);
                samples = limit(&samples, self.rate, amplitude(make_up) as f32, ceiling);
                made_up += make_up;
            } else {
                let softer = amplitude(limit_heard - CORRECTION_MARGIN - reading.true_peak) as f32;
                samples.iter_mut().for_each(|sample| *sample *= softer.min(1.0));
            }
            file = format.write(&samples)?;
        }
        Ok(file)
    }

    /// Decibels to add for the loudness that was lost, on top of what was `made_up` before; 0 when it is near enough.
    fn make_up(&self, reading: &Reading, made_up: f64) -> f64 {
        let missing = self.wanted_loudness - reading.loudness;
        if !missing.is_finite() || missing.abs() <= LOUDNESS_TOLERANCE {
            return 0.0;
        }
        (made_up + missing).clamp(-MOST_MAKE_UP, MOST_MAKE_UP) - made_up
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{Format, Master};
    use crate::encode::PEAK_LIMIT;
    use crate::error::EncodeError;
    use crate::sound::meter::measure;

    const RATE: u32 = 44_100;

    /// Keeps samples as they are, but plays what `distort` makes of them.
    struct Tape<F: Fn(usize, f32) -> f32> {
        distort: F,
        written: Cell<usize>,
    }

    impl<F: Fn(usize, f32) -> f32> Tape<F> {
        fn new(distort: F) -> Self {
            let written = Cell::new(0);
            Self { distort, written }
        }
    }

    impl<F: Fn(usize, f32) -> f32> Format for Tape<F> {
        fn usual_overshoot(&self) -> f64 {
            0.0
        }

        fn write(&self, samples: &[f32]) -> Result<Vec<u8>, EncodeError> {
            self.written.set(self.written.get() + 1);
            Ok(samples.iter().flat_map(|sample| sample.to_le_bytes()).collect())
        }

        fn play(&self, file: &[u8], _: u64) -> Result<Vec<f32>, EncodeError> {
            let samples = samples(file).into_iter().enumerate();
            Ok(samples.map(|(index, sample)| (self.distort)(index, sample)).collect())
        }
    }

    fn samples(file: &[u8]) -> Vec<f32> {
        let numbers = file
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        numbers.collect()
    }

    fn noise(level: f64) -> Vec<f32> {
        let mut state = 1_u32;
        (0..120_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                ((f64::from(state) / f64::from(u32::MAX) * 2.0 - 1.0) * level) as f32
            })
            .collect()
    }

    fn master(samples: &[f32]) -> Master<'_> {
        Master {
            samples,
            rate: RATE,
            wanted_loudness: measure(samples, RATE).expect("measurable").loudness,
        }
    }

    #[test]
    fn a_format_that_adds_two_decibels_is_still_held_under_the_limit() {
        let loud = noise(0.7);
        let tape = Tape::new(|_, sample| sample * 1.26);
        let file = master(&loud).deliver(&tape).expect("delivered");
        let heard = measure(&tape.play(&file, 0).expect("playable"), RATE).expect("measurable");
        assert!(heard.true_peak <= PEAK_LIMIT, "{heard:?}");
    }

    #[test]
    fn only_where_a_format_overshoots_is_the_song_made_softer() {
        let quiet = noise(0.45);
        let burst = 60_000..60_100;
        let tape = Tape::new(|index, sample| if burst.contains(&index) { sample * 2.5 } else { sample });
        let file = master(&quiet).deliver(&tape).expect("delivered");
        let heard = measure(&tape.play(&file, 0).expect("playable"), RATE).expect("measurable");
        assert!(heard.true_peak <= PEAK_LIMIT, "{heard:?}");
        let delivered = samples(&file);
        assert_eq!(delivered[..59_000], quiet[..59_000]);
        assert_eq!(delivered[61_000..], quiet[61_000..]);
        assert_eq!(tape.written.get(), 2);
    }

    #[test]
    fn a_master_that_is_right_is_written_once_and_unchanged() {
        let quiet = noise(0.3);
        let tape = Tape::new(|_, sample| sample);
        let file = master(&quiet).deliver(&tape).expect("delivered");
        assert_eq!(samples(&file), quiet);
        assert_eq!(tape.written.get(), 1);
    }

    #[test]
    fn loudness_a_format_takes_away_is_given_back() {
        let quiet = noise(0.2);
        let tape = Tape::new(|_, sample| sample * 0.85);
        let master = master(&quiet);
        let file = master.deliver(&tape).expect("delivered");
        let heard = measure(&tape.play(&file, 0).expect("playable"), RATE).expect("measurable");
        assert!((heard.loudness - master.wanted_loudness).abs() < 0.1, "{heard:?}");
    }
}
