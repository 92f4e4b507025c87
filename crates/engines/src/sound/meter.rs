//! Loudness and true peak (ITU-R BS.1770-4), by an implementation that shares no code with any engine: what the band
//! believes about its own level is checked, not trusted.

use ebur128::{EbuR128, Mode};

use crate::error::EncodeError;

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
    let mut meter = Meter::new(rate)?;
    meter.add(samples)?;
    meter.reading()
}

/// Measures sound that arrives in pieces.
pub(crate) struct Meter {
    inner: EbuR128,
    rate: u32,
}

impl Meter {
    pub(crate) fn new(rate: u32) -> Result<Self, EncodeError> {
        let inner = EbuR128::new(2, rate, Mode::I | Mode::TRUE_PEAK).map_err(|cause| failed(rate, cause))?;
        Ok(Self { inner, rate })
    }

    /// Whole frames only; a lone last sample is ignored.
    pub(crate) fn add(&mut self, samples: &[f32]) -> Result<(), EncodeError> {
        let whole_frames = &samples[..samples.len() / 2 * 2];
        self.inner
            .add_frames_f32(whole_frames)
            .map_err(|cause| failed(self.rate, cause))
    }

    pub(crate) fn reading(&self) -> Result<Reading, EncodeError> {
        let peak_of = |channel| self.inner.true_peak(channel).map_err(|cause| failed(self.rate, cause));
        let true_peak = peak_of(0)?.max(peak_of(1)?);
        Ok(Reading {
            loudness: self.inner.loudness_global().map_err(|cause| failed(self.rate, cause))?,
            true_peak: 20.0 * true_peak.log10(),
        })
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
    fn silence_is_minus_infinity() {
        let reading = measure(&[0.0; 200_000], 44_100).expect("the meter works at this rate");
        assert_eq!(reading.loudness, f64::NEG_INFINITY);
        assert_eq!(reading.true_peak, f64::NEG_INFINITY);
    }
}
