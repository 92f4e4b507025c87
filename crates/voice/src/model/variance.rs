//! Contrast given back to what averaging smoothed.
//!
//! A likeliest course runs through means of many recordings, so that it varies less than any of them: vowels sound dull
//! and alike. The voice knows how much each coefficient varies in real speech, its global variance (Toda and Tokuda, "A
//! speech parameter generation algorithm considering global variance for HMM-based speech synthesis", 2007). Instead of
//! searching for a course that has it, each coefficient is stretched about its mean, which comes close and costs nothing.
//!
//! Mean and variance are those of the model's own spoken sentences, not of the song's: a line then sounds the same
//! whatever is sung before and after it, and lines can be rendered one by one.

use super::{Model, ORDER};

impl Model {
    /// Stretches every coefficient about its mean until it varies as in real speech; nothing is ever made flatter.
    ///
    /// Frames of which `spoken` is false, those of pauses, are left as they are.
    pub(crate) fn restore_variance(&self, frames: &mut [[f32; ORDER]], spoken: &[bool]) {
        let gains: [f32; ORDER] =
            std::array::from_fn(|k| (self.global_variance[k] / PLAIN_VARIANCE[k]).sqrt().max(1.0));
        let spoken = frames.iter_mut().zip(spoken).filter(|(_, spoken)| **spoken);
        for (frame, _) in spoken {
            for ((value, mean), gain) in frame.iter_mut().zip(PLAIN_MEAN).zip(gains) {
                *value = mean + (*value - mean) * gain;
            }
        }
    }
}

/// What the coefficients of the plain courses are on average, over the sentences that `tests/calibration.rs` speaks and
/// holds these figures to.
pub(super) const PLAIN_MEAN: [f32; ORDER] = [
    4.52786, 1.5752, 0.51046, 0.43821, 0.32655, 0.26666, -0.03227, 0.25018, -0.13545, 0.13328, -0.06326, -0.07713,
    -0.07201, 0.0091, -0.0916, 0.11213, -0.15257, -0.02913, -0.06172, 0.02929, -0.0821, 0.01074, -0.05423, 0.03255,
    -0.07755, -0.03727, -0.06076, -0.06256, -0.08774, -0.05664, -0.06958, -0.03355, -0.03862, -0.02779, -0.02843,
    -0.03308, -0.05433, -0.01407, -0.05537, 0.00117, -0.01205, -0.00811, -0.03049, -0.02385, -0.00089,
];

/// How much they vary about that.
pub(super) const PLAIN_VARIANCE: [f32; ORDER] = [
    1.0308554, 1.3277354, 0.2435447, 0.0936877, 0.111697, 0.104313, 0.0647357, 0.0404775, 0.0504322, 0.0176124,
    0.0236447, 0.0156312, 0.0121065, 0.0097622, 0.0101638, 0.0120829, 0.0184723, 0.0066701, 0.006327, 0.0056628,
    0.00565, 0.0066491, 0.0036534, 0.0036124, 0.006928, 0.0030392, 0.0049672, 0.0037986, 0.0021536, 0.0020763,
    0.0014177, 0.0011605, 0.0018987, 0.0015376, 0.0011157, 0.0010596, 0.0007307, 0.000656, 0.0008269, 0.0004392,
    0.0004328, 0.0003916, 0.0004308, 0.0003781, 0.0005636,
];
