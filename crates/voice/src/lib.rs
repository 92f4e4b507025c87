//! The singer: text to syllables and phones.
//!
//! [`pronounce`](pronounce::pronounce) reads a line of lyrics and says how it is spoken: words, syllables with their
//! letters and stress, and the phones of each. English comes from a dictionary, with rules for what it does not know;
//! every other script gets an honest approximation, never an error.

#[allow(dead_code, reason = "the vocoder's, which waits for its singer")]
mod math;
#[allow(dead_code, unused_imports, reason = "the singer asks it")]
mod model;
#[allow(dead_code, reason = "the vocoder's, which waits for its singer")]
mod noise;
pub mod phone;
pub mod pronounce;
#[allow(dead_code, reason = "waits for the singer that calls it")]
mod vocoder;
