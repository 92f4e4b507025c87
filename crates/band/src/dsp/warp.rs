//! Playing a finished sound faster or slower: bent strings, portamento, vibrato of plucked notes.

/// `length` samples of `source` read at a speed that `ratio` gives for every sample: 1 as it is, 2 an octave up.
///
/// Between samples a cubic runs through the four nearest (Catmull-Rom). Past the end of the source there is silence.
pub(crate) fn warp(source: &[f32], length: usize, mut ratio: impl FnMut(usize) -> f32) -> Vec<f32> {
    let mut position = 0.0_f64;
    let at = |index: usize| source.get(index).copied().unwrap_or(0.0);
    (0..length)
        .map(|index| {
            let whole = position as usize;
            let x = (position - whole as f64) as f32;
            let (before, here, next, after) = (at(whole.saturating_sub(1)), at(whole), at(whole + 1), at(whole + 2));
            position += f64::from(ratio(index));
            let slope = next - before;
            let curve = 2.0 * before - 5.0 * here + 4.0 * next - after;
            let twist = 3.0 * (here - next) + after - before;
            here + 0.5 * x * (slope + x * (curve + x * twist))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sound_read_at_double_speed_is_an_octave_higher() {
        let sine = |turns: f32| libm::sinf(std::f32::consts::TAU * turns);
        let source: Vec<f32> = (0..8_000).map(|index| sine(index as f32 * 0.01)).collect();
        let fast = warp(&source, 3_000, |_| 2.0);
        let worst = (10..3_000)
            .map(|index| (fast[index] - sine(index as f32 * 0.02)).abs())
            .fold(0.0, f32::max);
        assert!(worst < 1e-3, "{worst}");
        assert!(warp(&source, 9_000, |_| 1.0)[8_500] == 0.0);
    }
}
