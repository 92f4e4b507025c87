//! Sound in memory: interleaved stereo `f32`, as engines hand it over.

pub(crate) mod limiter;
pub(crate) mod meter;
pub(crate) mod resample;
mod sinc;

/// Decibels as a factor of amplitude.
pub(crate) fn amplitude(decibels: f64) -> f64 {
    10_f64.powf(decibels / 20.0)
}
