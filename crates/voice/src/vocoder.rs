//! From spectra, pitch and loudness, one frame every 5 ms, to sound: the singer's throat and mouth.
//!
//! A source and a filter. The source is a train of pulses, one for each closure of the vocal folds, placed between the
//! samples where the pitch asks for them (`pulses`), and noise; each is shaped by how noisy the sound is at each
//! frequency (`aperiodicity`). The filter is the spectral envelope that the cepstrum describes, coloured by the
//! singer's timbre (`envelope`, `colour`) and made minimum phase (`minimum_phase`). Every frame filters a short piece of
//! the source, and the pieces overlap so that filters fade into each other (`overlap`): the work is the same at every
//! pitch.

mod aperiodicity;
mod colour;
mod envelope;
mod minimum_phase;
mod overlap;
mod pulses;
#[cfg(test)]
mod tests;
mod transform;

use crate::model::ORDER;
use overlap::Renderer;

/// Samples a second.
pub(crate) const RATE: f64 = 44_100.0;

/// Samples between one frame and the next: 5 ms.
const HOP: f64 = 220.5;

/// Samples after the last frame in which what still rings is faded to zero.
const TAIL: usize = 1024;

/// What notes may ask for, in Hz.
const PITCHES: (f32, f32) = (40.0, 1500.0);

/// One moment of singing; the next one comes 5 ms later.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) spectrum: Spectrum,
    /// Hz, above 0; sung as it stands (held within 40 to 1500). Without meaning where nothing is voiced.
    pub(crate) pitch: f32,
    pub(crate) excitation: Excitation,
    /// Nepers on top of the spectrum's own level.
    pub(crate) gain: f32,
    /// 0 to 1: how much this is a vowel or a consonant like one, which take the timbre's ring and tilt and never stay
    /// quite the same.
    pub(crate) sonorant: f32,
}

/// What the mouth does to the source.
#[derive(Debug, Clone)]
pub(crate) enum Spectrum {
    /// Mel-cepstrum of natural-log amplitude (all-pass constant 0.45 at 32 kHz), about 2¹⁵ for full scale. Vowels of the
    /// embedded voice come out at 0.1 to 0.3 RMS, 0.2 as a rule, with peaks up to 1.5.
    Cepstrum([f32; ORDER]),
    /// Air drawn in: a shape of its own, 26 dB below the mean vowel around its strongest frequency, 1.7 kHz.
    Breath,
}

/// What the source does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Excitation {
    /// Nothing: costs nothing and sounds nothing.
    Silent,
    Unvoiced,
    /// Vowels, sonorants and voiced stops.
    Voiced,
    /// Voiced with much noise: v dh z zh jh.
    Fricative,
}

/// What makes one singer of the voice another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Timbre {
    /// Factor of all resonance frequencies, 0.75 (a long throat) to 1.3; 1 is the recorded woman.
    pub(crate) formant: f32,
    /// Noise on top of a neutral voice's, −6 (pressed) to 12 dB (breathy).
    pub(crate) breathiness_db: f32,
    /// Level of the singer's formant on sonorants: what carries a voice over a band. −6 to 12 dB.
    pub(crate) ring_db: f32,
    /// Centre of the singer's formant.
    pub(crate) ring_hz: f32,
    /// Brightness of sonorants above 800 Hz, −6 to 6 dB an octave, level again above 6.4 kHz.
    pub(crate) tilt_db: f32,
    /// Scale of the small differences in length between one period and the next; 1 is 0.4 %.
    pub(crate) jitter: f32,
    /// Scale of the small differences in strength between one period and the next; 1 is 2 %.
    pub(crate) shimmer: f32,
    /// 0 to 1: how much of the voice is whispered; 1 leaves no pitch at all.
    pub(crate) whisper: f32,
}

impl Timbre {
    /// A woman: the recorded voice as it is, with some ring.
    pub(crate) fn female() -> Self {
        Self {
            formant: 1.0,
            breathiness_db: 0.0,
            ring_db: 2.0,
            ring_hz: 3100.0,
            tilt_db: 0.0,
            jitter: 1.0,
            shimmer: 1.0,
            whisper: 0.0,
        }
    }

    /// A man: a longer throat, with a stronger ring.
    pub(crate) fn male() -> Self {
        Self {
            formant: 0.86,
            ring_db: 4.0,
            ring_hz: 2850.0,
            ..Self::female()
        }
    }

    /// The same with everything in its range.
    fn bounded(&self) -> Self {
        use crate::math::bounded;
        Self {
            formant: bounded(self.formant, 0.75, 1.3),
            breathiness_db: bounded(self.breathiness_db, -6.0, 12.0),
            ring_db: bounded(self.ring_db, -6.0, 12.0),
            ring_hz: bounded(self.ring_hz, 500.0, 10_000.0),
            tilt_db: bounded(self.tilt_db, -6.0, 6.0),
            jitter: bounded(self.jitter, 0.0, 10.0),
            shimmer: bounded(self.shimmer, 0.0, 10.0),
            whisper: bounded(self.whisper, 0.0, 1.0),
        }
    }
}

/// Sings `frames`: mono, 44.1 kHz.
///
/// The first sample is the moment of the first frame. There are ⌈220.5 · frames⌉ samples and 1024 more, in which the last
/// sounds fade to zero; none at all without frames. Another `seed` is another take of the same: other noise, other small
/// differences. Whatever the numbers in `frames` are, the samples are finite.
pub(crate) fn synthesize(frames: &[Frame], timbre: &Timbre, seed: u64) -> Vec<f32> {
    if frames.is_empty() {
        return Vec::new();
    }
    let sung = (frames.len() * 441).div_ceil(2);
    let mut output = vec![0.0; sung + TAIL];
    Renderer::new(&timbre.bounded(), seed).render(frames, &mut output);
    for (index, sample) in output[sung..].iter_mut().enumerate() {
        *sample *= 1.0 - (index + 1) as f32 / TAIL as f32;
    }
    output
}
