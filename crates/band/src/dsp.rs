//! Building blocks of sound: oscillators, filters, envelopes, strings, resonators, transforms.
//!
//! Everything here is plain arithmetic on `f32` samples at [`RATE`]. Sines and exponentials come from our own polynomials
//! or from the portable `libm` crate, never from the platform's C library, so that a song is the same on every machine.

pub(crate) mod biquad;
pub(crate) mod envelope;
pub(crate) mod fft;
pub(crate) mod math;
pub(crate) mod modal;
pub(crate) mod noise;
pub(crate) mod noise_bands;
pub(crate) mod oscillator;
pub(crate) mod state_variable;
pub(crate) mod string;
pub(crate) mod warp;

/// Samples a second of everything the band plays.
pub(crate) const RATE: f32 = 44_100.0;

/// How many samples `seconds` are, rounded down.
pub(crate) fn samples(seconds: f32) -> usize {
    (seconds.max(0.0) * RATE) as usize
}
