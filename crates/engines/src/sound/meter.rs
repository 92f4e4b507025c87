//! Loudness and true peak (ITU-R BS.1770-4), by an implementation that shares no code with any engine: what the band
//! believes about its own level is checked, not trusted.

use busker_band::perform::{self, Threads};
use ebur128::{EbuR128, Mode};

use crate::error::EncodeError;

/// Frames that [`Meter::warm_up`] needs to forget that there was nothing before them.
pub(crate) const WARM_UP_FRAMES: usize = 4_096;

/// What a listener's meter would show for a whole song.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// Integrated loudness in LUFS; minus infinity for silence.
    pub loudness: f64,
    /// True peak of the louder channel in dBTP; minus infinity for silence.
    pub true_peak: f64,
}

/// Measures `samples` (interleaved stereo).
///
/// # Errors
/// [`EncodeError::Meter`] when the meter cannot work at `rate`.
pub fn measure(samples: &[f32], rate: u32) -> Result<Reading, EncodeError> {
    Meter::reading_of(&halves(samples, rate, Mode::I | Mode::TRUE_PEAK)?)
}

/// Integrated loudness of `samples` (interleaved stereo) alone, in LUFS.
///
/// # Errors
/// [`EncodeError::Meter`] when the meter cannot work at `rate`.
pub(crate) fn loudness(samples: &[f32], rate: u32) -> Result<f64, EncodeError> {
    Meter::loudness_of(&halves(samples, rate, Mode::I)?)
}

fn halves(samples: &[f32], rate: u32, mode: Mode) -> Result<Vec<Meter>, EncodeError> {
    let middle = samples.len() / 4 * 2;
    let just_before = middle.saturating_sub(WARM_UP_FRAMES * 2)..middle;
    let (first, second) = (&samples[..middle], &samples[middle..]);
    let meters = perform::map(
        vec![(&[][..], first), (&samples[just_before], second)],
        Threads::default(),
        |(before, half)| {
            let mut meter = Meter::new(rate, mode)?;
            meter.warm_up(before)?;
            meter.add(half)?;
            Ok(meter)
        },
    );
    meters.into_iter().collect()
}

/// Measures sound that arrives in pieces. A song may be shared among several: loudness is a mean over blocks of 0.4 s,
/// so a cut costs it one block.
pub(crate) struct Meter {
    inner: EbuR128,
}

impl Meter {
    pub(crate) fn new(rate: u32, mode: Mode) -> Result<Self, EncodeError> {
        let inner = EbuR128::new(2, rate, mode).map_err(|cause| failed(rate, cause))?;
        Ok(Self { inner })
    }

    /// Lets the filters swing in on what sounds before the part to be measured: a cut is no peak.
    pub(crate) fn warm_up(&mut self, samples: &[f32]) -> Result<(), EncodeError> {
        self.inner
            .seed_frames_f32(samples)
            .map_err(|cause| failed(self.inner.rate(), cause))
    }

    /// Whole frames only; a lone last sample is ignored.
    pub(crate) fn add(&mut self, samples: &[f32]) -> Result<(), EncodeError> {
        let whole_frames = &samples[..samples.len() / 2 * 2];
        self.inner
            .add_frames_f32(whole_frames)
            .map_err(|cause| failed(self.inner.rate(), cause))
    }

    /// What all of them heard together.
    pub(crate) fn reading_of(meters: &[Self]) -> Result<Reading, EncodeError> {
        let mut true_peak = 0.0_f64;
        for meter in meters {
            for channel in 0..2 {
                let peak = meter.inner.true_peak(channel);
                true_peak = true_peak.max(peak.map_err(|cause| failed(meter.inner.rate(), cause))?);
            }
        }
        Ok(Reading {
            loudness: Self::loudness_of(meters)?,
            true_peak: 20.0 * true_peak.log10(),
        })
    }

    fn loudness_of(meters: &[Self]) -> Result<f64, EncodeError> {
        EbuR128::loudness_global_multiple(meters.iter().map(|meter| &meter.inner))
            .map_err(|cause| failed(meters.first().map_or(0, |meter| meter.inner.rate()), cause))
    }
}

fn failed(rate: u32, cause: ebur128::Error) -> EncodeError {
    EncodeError::Meter {
        rate,
        cause: cause.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::measure;

    #[test]
    fn a_full_scale_tone_in_both_channels_reads_as_the_standard_says() {
        let tone: Vec<f32> = (0..44_100 * 4)
            .flat_map(|n| [(f64::from(n) * 997.0 / 44_100.0 * std::f64::consts::TAU).sin() as f32; 2])
            .collect();
        let reading = measure(&tone, 44_100).expect("the meter works at this rate");
        assert!((reading.loudness - 0.0).abs() < 0.1, "{reading:?}");
        assert!(reading.true_peak.abs() < 0.1, "{reading:?}");
    }

    #[test]
    fn a_song_shared_among_two_meters_reads_as_one() {
        let step = 0.7;
        let tone: Vec<f32> = (0..44_100 * 3)
            .flat_map(|n| [0.5 * (n as f32 * 0.004).sin() + 0.4, step * (n as f32 * 0.003).cos()])
            .collect();
        let halves = measure(&tone, 44_100).expect("the meter works at this rate");
        let mut whole = super::Meter::new(44_100, super::Mode::all()).expect("the meter works at this rate");
        whole.add(&tone).expect("whole frames");
        let whole = super::Meter::reading_of(&[whole]).expect("readable");
        assert!(
            (halves.true_peak - whole.true_peak).abs() < 1e-6,
            "{halves:?} {whole:?}"
        );
        assert!((halves.loudness - whole.loudness).abs() < 0.05, "{halves:?} {whole:?}");
    }

    #[test]
    fn silence_is_minus_infinity() {
        let reading = measure(&[0.0; 200_000], 44_100).expect("the meter works at this rate");
        assert_eq!(reading.loudness, f64::NEG_INFINITY);
        assert_eq!(reading.true_peak, f64::NEG_INFINITY);
    }
}
