//! The singer: from a line of lyrics to syllables and phones, and from notes with syllables to a sung voice.
//!
//! [`pronounce`](pronounce::pronounce) reads a line of lyrics and says how it is spoken: words, syllables with their
//! letters and stress, and the phones of each. English comes from a dictionary, with rules for what it does not know;
//! every other script gets an honest approximation, never an error.
//!
//! [`sing`] renders a [`Line`] of notes with a [`Singer`]: a small statistical model of a recorded voice, bundled, gives
//! the spectra, the melody gives the timing and the pitch, and a vocoder makes the sound. It knows nothing of genres or mixing.

mod line;
mod math;
mod model;
mod noise;
pub mod phone;
pub mod pronounce;
mod sing;
mod singer;
mod vocoder;

pub use line::{Line, Note, Syllable};
pub use sing::{Take, sing};
pub use singer::Singer;

/// Samples a second of everything that is sung.
pub const RATE: u32 = 44_100;
