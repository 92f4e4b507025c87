//! The breath a singer takes before a phrase.

use std::f64::consts::PI;

use super::timing::Sounding;

/// The longest breath, the shortest worth taking, the stillness after it and what is left free before it, seconds.
const LONGEST: f64 = 0.34;
const SHORTEST: f64 = 0.12;
const AFTER: f64 = 0.05;
const BEFORE: f64 = 0.04;

/// When a breath is taken, seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Breath {
    pub(crate) from: f64,
    to: f64,
}

/// The breath before a planned line, where there is time since `quiet`, when the line before has ended.
pub(crate) fn before(plan: &[Sounding], quiet: f64) -> Option<Breath> {
    let to = plan.first()?.from - AFTER;
    let length = (to - quiet - BEFORE).min(LONGEST);
    (length >= SHORTEST).then_some(Breath { from: to - length, to })
}

impl Breath {
    /// Nepers of the breath at `now`: it grows until just before it is held. `None` before and after.
    pub(crate) fn gain(self, now: f64) -> Option<f32> {
        if now < self.from || now > self.to {
            return None;
        }
        let place = ((now - self.from) / (self.to - self.from)).clamp(1e-3, 1.0 - 1e-3);
        let shape = libm::pow(libm::sin(PI * place), 0.7) * place;
        Some((1.15 * libm::log(shape + 1e-4)) as f32)
    }
}
