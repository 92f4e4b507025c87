//! The statistical voice: what a phone sounds like in its surroundings, and how the sounds run into each other.
//!
//! The voice is a small model trained on recorded speech (CMU ARCTIC, speaker SLT; 1.6 MB, 32 kHz), bundled with its
//! licence in `assets/`; nothing is downloaded. A phone has five states. For each, a decision tree over the phone's
//! [`Context`] finds a Gaussian of the mel-cepstrum and its first two differences, another tree how long the states
//! naturally last. [`trajectory`] turns states of any length into the smooth course that is likeliest of all, and
//! [`Model::restore_variance`] gives back the contrast that averaging took.
//!
//! The format is that of the HTS engine ("The HMM-based Speech Synthesis Engine API", version 1.0 of the voice file);
//! this is a reader of our own. The voice's pitch and voicing are left unread, since the melody decides the one and the
//! phone the other.

mod context;
mod file;
mod leaf;
mod question;
mod sound;
mod trajectory;
mod tree;
mod variance;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

pub(crate) use context::{Context, Place};
pub(crate) use leaf::Gaussian;
pub(crate) use sound::Sound;
pub(crate) use trajectory::trajectory;

use file::VoiceFile;
use leaf::Leaf;
use tree::Forest;

/// Mel-cepstral coefficients of a frame, c0 to c44: natural-log amplitude at 32 kHz, warped by alpha 0.45.
pub(crate) const ORDER: usize = 45;
/// A Gaussian's values: the coefficients, then their first differences, then their second.
const WIDTH: usize = 3 * ORDER;
/// States of a phone, in the order in which they are spoken.
pub(crate) const STATES: usize = 5;
/// The time from one frame to the next.
pub(crate) const FRAME_SECONDS: f64 = 0.005;

static VOICE: &[u8] = include_bytes!("../assets/cmu_us_slt_arctic_hts.htsvoice");

static EMBEDDED: LazyLock<Model> = LazyLock::new(|| match Model::read(VOICE) {
    Ok(model) => model,
    Err(error) => unreachable!("a test reads this very file: {error}"),
});

/// A voice, ready to be asked.
pub(crate) struct Model {
    durations: Forest<STATES>,
    spectra: Forest<WIDTH>,
    /// How much each coefficient varies within an utterance of real speech: the "global variance".
    global_variance: [f32; ORDER],
}

/// What the voice says about one phone in its surroundings.
pub(crate) struct Unit<'a> {
    /// How many frames each state lasts in speech.
    pub(crate) means: [f32; STATES],
    /// How much that differs, in frames squared: what varies most in speech stretches best.
    pub(crate) variances: [f32; STATES],
    /// What each state sounds like.
    pub(crate) states: [Gaussian<'a>; STATES],
}

/// A voice file that is not what it should be.
#[derive(Debug, thiserror::Error)]
#[error("the voice file is broken: {part} {problem}; restore it as assets/README.md says")]
pub(crate) struct BrokenVoice {
    part: &'static str,
    problem: &'static str,
}

impl Model {
    /// The voice that is bundled, read at first use.
    pub(crate) fn embedded() -> &'static Model {
        &EMBEDDED
    }

    /// Reads a voice file of the one shape the singer can use.
    ///
    /// # Errors
    /// [`BrokenVoice`] when the file is cut, garbled or of another shape. What was read is whole: every tree ends, every
    /// value is finite, every variance positive.
    fn read(bytes: &[u8]) -> Result<Self, BrokenVoice> {
        let file = VoiceFile::read(bytes)?;
        let durations = Forest::read(file.text("DURATION_TREE")?, file.bytes("DURATION_PDF")?, 1)?;
        let spectra = Forest::read(file.text("STREAM_TREE[MCP]")?, file.bytes("STREAM_PDF[MCP]")?, STATES)?;
        // Its leaves, for short and for long utterances, differ by two per cent: the first will do.
        let variances = Leaf::read_all(file.bytes("GV_PDF[MCP]")?, 1)?;
        let global = variances.iter().flatten().next().ok_or(BrokenVoice {
            part: "the global variance",
            problem: "is empty",
        })?;
        Ok(Self {
            durations,
            spectra,
            global_variance: global.mean,
        })
    }

    /// What `context.sound` is in these surroundings.
    pub(crate) fn unit(&self, context: &Context) -> Unit<'_> {
        let features = context.features();
        let lasting = self.durations.leaf(0, &features);
        Unit {
            means: lasting.mean,
            variances: lasting.variance,
            states: std::array::from_fn(|state| self.spectra.leaf(state, &features).gaussian()),
        }
    }
}
