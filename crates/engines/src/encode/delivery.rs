//! Writes, listens, corrects: the loop that keeps every delivered file under the peak limit and at its loudness.

use crate::encode::PEAK_LIMIT;
use crate::error::EncodeError;
use crate::sound::amplitude;
use crate::sound::limiter::limit;
use crate::sound::meter::Reading;

/// Other meters interpolate a little differently; this much is left for them, in decibels.
const METER_MARGIN: f64 = 0.08;
/// How far below what was heard a correction aims, in decibels.
const CORRECTION_MARGIN: f64 = 0.1;
/// How far the loudness may wander before it is corrected, in LU.
const LOUDNESS_TOLERANCE: f64 = 0.5;
/// The most that is added for what a low sample rate or bit rate takes away, in decibels.
const MOST_MAKE_UP: f64 = 2.0;
/// Corrections by limiting. Almost always none or one is needed.
const CORRECTIONS: usize = 3;

/// The finished sound at the file's own rate.
pub(crate) struct Master<'a> {
    /// Interleaved stereo.
    pub(crate) samples: &'a [f32],
    pub(crate) rate: u32,
    /// Loudness as mastered, in LUFS, before any change of rate.
    pub(crate) wanted_loudness: f64,
}

/// A file and how it sounds.
pub(crate) struct Heard {
    pub(crate) bytes: Vec<u8>,
    pub(crate) reading: Reading,
}

impl Master<'_> {
    pub(crate) fn frames(&self) -> u64 {
        self.samples.len() as u64 / 2
    }

    /// The bytes `write` makes of this master, limited so that what is heard keeps to the peak limit.
    /// `overshoot` is what the format usually adds to peaks, in decibels.
    pub(crate) fn deliver(
        &self,
        overshoot: f64,
        mut write: impl FnMut(&[f32]) -> Result<Heard, EncodeError>,
    ) -> Result<Vec<u8>, EncodeError> {
        let mut level = Level {
            gain: 0.0,
            ceiling: PEAK_LIMIT - METER_MARGIN - CORRECTION_MARGIN - overshoot,
        };
        let mut heard = write(&level.apply(self))?;
        for _ in 0..CORRECTIONS {
            let Some(next) = level.corrected(&heard.reading, self.wanted_loudness) else {
                return Ok(heard.bytes);
            };
            level = next;
            heard = write(&level.apply(self))?;
        }
        let excess = heard.reading.true_peak - (PEAK_LIMIT - METER_MARGIN);
        if excess > 0.0 {
            // Limiting chases a codec's overshoot without catching it: all of it softer always works.
            let softer = amplitude(-excess - 2.0 * CORRECTION_MARGIN) as f32;
            let samples: Vec<f32> = level.apply(self).iter().map(|sample| sample * softer).collect();
            heard = write(&samples)?;
        }
        Ok(heard.bytes)
    }
}

/// What is done to the master before it is written, in decibels.
#[derive(Debug, Clone, Copy)]
struct Level {
    gain: f64,
    ceiling: f64,
}

impl Level {
    fn apply(self, master: &Master<'_>) -> Vec<f32> {
        let (gain, ceiling) = (amplitude(self.gain), amplitude(self.ceiling));
        limit(master.samples, master.rate, gain as f32, ceiling as f32)
    }

    /// The level to try next, or `None` when what was heard is right.
    fn corrected(self, reading: &Reading, wanted_loudness: f64) -> Option<Self> {
        let excess = reading.true_peak - (PEAK_LIMIT - METER_MARGIN);
        let missing = wanted_loudness - reading.loudness;
        let too_loud_a_peak = excess > 0.0;
        let gain = (self.gain + missing).clamp(-MOST_MAKE_UP, MOST_MAKE_UP);
        let wandered = missing.is_finite() && missing.abs() > LOUDNESS_TOLERANCE && gain != self.gain;
        if !too_loud_a_peak && !wandered {
            return None;
        }
        Some(Self {
            gain: if wandered { gain } else { self.gain },
            ceiling: if too_loud_a_peak {
                self.ceiling - excess - CORRECTION_MARGIN
            } else {
                self.ceiling
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Heard, Master};
    use crate::encode::PEAK_LIMIT;
    use crate::sound::meter::measure;

    fn loud_noise() -> Vec<f32> {
        let mut state = 1_u32;
        (0..120_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (f64::from(state) / f64::from(u32::MAX) * 1.4 - 0.7) as f32
            })
            .collect()
    }

    #[test]
    fn a_codec_that_adds_two_decibels_is_still_held_under_the_limit() {
        let samples = loud_noise();
        let loudness = measure(&samples, 44_100).expect("measurable").loudness;
        let master = Master {
            samples: &samples,
            rate: 44_100,
            wanted_loudness: loudness,
        };
        let mut last_peak = 0.0;
        let delivered = master.deliver(0.0, |samples| {
            let louder: Vec<f32> = samples.iter().map(|sample| sample * 1.26).collect();
            let reading = measure(&louder, 44_100)?;
            last_peak = reading.true_peak;
            Ok(Heard {
                bytes: vec![1],
                reading,
            })
        });
        assert_eq!(delivered.expect("delivered"), [1]);
        assert!(last_peak <= PEAK_LIMIT, "{last_peak}");
    }

    #[test]
    fn a_master_that_is_right_is_written_once_and_unchanged() {
        let samples: Vec<f32> = loud_noise().iter().map(|sample| sample * 0.3).collect();
        let master = Master {
            samples: &samples,
            rate: 44_100,
            wanted_loudness: measure(&samples, 44_100).expect("measurable").loudness,
        };
        let mut writes = 0;
        master
            .deliver(0.3, |written| {
                writes += 1;
                assert_eq!(written, samples);
                Ok(Heard {
                    bytes: Vec::new(),
                    reading: measure(written, 44_100)?,
                })
            })
            .expect("delivered");
        assert_eq!(writes, 1);
    }
}
