//! A small Fourier transform for measuring spectra.
//!
//! Library transforms pick vector instructions at run time and so differ in the last bits between machines; the tone
//! correction built on this must not.

/// Spectra of real blocks of one power-of-two length, Hann-windowed.
#[derive(Debug)]
pub(crate) struct Spectrum {
    length: usize,
    window: Vec<f32>,
    twiddles: Vec<(f32, f32)>,
}

impl Spectrum {
    /// For blocks of 2^`bits` samples.
    pub(crate) fn new(bits: u32) -> Self {
        let length = 1_usize << bits;
        let angle = |index: usize| std::f64::consts::TAU * index as f64 / length as f64;
        Self {
            length,
            window: (0..length)
                .map(|index| (0.5 - 0.5 * libm::cos(angle(index))) as f32)
                .collect(),
            twiddles: (0..length / 2)
                .map(|index| (libm::cos(angle(index)) as f32, -libm::sin(angle(index)) as f32))
                .collect(),
        }
    }

    /// Samples in a block.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// Adds the power in each bin of the windowed block to `power`, which holds `length / 2` bins.
    pub(crate) fn accumulate(&self, block: &[f32], power: &mut [f64]) {
        let mut data: Vec<(f32, f32)> = block
            .iter()
            .zip(&self.window)
            .map(|(sample, window)| (sample * window, 0.0))
            .collect();
        self.transform(&mut data);
        for (sum, (real, imaginary)) in power.iter_mut().zip(&data) {
            *sum += f64::from(real * real + imaginary * imaginary);
        }
    }

    /// In place, radix two, decimation in time.
    fn transform(&self, data: &mut [(f32, f32)]) {
        let bits = self.length.trailing_zeros();
        for index in 0..self.length {
            let mirrored = index.reverse_bits() >> (usize::BITS - bits);
            if index < mirrored {
                data.swap(index, mirrored);
            }
        }
        let mut span = 1;
        while span < self.length {
            let stride = self.length / (2 * span);
            for block in data.chunks_mut(2 * span) {
                let (low, high) = block.split_at_mut(span);
                for (index, (a, b)) in low.iter_mut().zip(high).enumerate() {
                    let (cosine, sine) = self.twiddles[index * stride];
                    let turned = (b.0 * cosine - b.1 * sine, b.0 * sine + b.1 * cosine);
                    *b = (a.0 - turned.0, a.1 - turned.1);
                    *a = (a.0 + turned.0, a.1 + turned.1);
                }
            }
            span *= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sine_shows_in_its_own_bin() {
        let spectrum = Spectrum::new(10);
        let block: Vec<f32> = (0..1024)
            .map(|index| libm::sinf(std::f32::consts::TAU * 64.0 * index as f32 / 1024.0))
            .collect();
        let mut power = vec![0.0; 512];
        spectrum.accumulate(&block, &mut power);
        let loudest = power
            .iter()
            .enumerate()
            .max_by(|one, other| one.1.total_cmp(other.1))
            .map(|(bin, _)| bin);
        assert_eq!(loudest, Some(64));
        assert!(power[80] < power[64] * 1e-9);
    }
}
