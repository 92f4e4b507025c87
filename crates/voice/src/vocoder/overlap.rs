//! Puts a song together: every frame filters a piece of the source 10 ms long, and neighbouring pieces overlap by half.
//!
//! Pulses lie under triangles that add up to one, so between two frames their filters are mixed in proportion. Noise is
//! another one in each piece, under the square roots of these triangles' shapes, so that powers add up.

use super::aperiodicity::{DISPERSION, Masks, Voicing, multiply, voicing};
use super::colour::Colour;
use super::envelope::Envelopes;
use super::minimum_phase::{BINS, MinimumPhase, POINTS, RESPONSE, pack, unpack};
use super::pulses::{Impulse, Pulse, pulses};
use super::transform::{Complexes, Transform};
use super::{Excitation, Frame, HOP, Timbre};
use crate::math::sin_cos;
use crate::noise::Noise;

/// Samples of the source under one window at most.
const PIECE: usize = 441;

/// Sings one take of one singer.
#[derive(Debug)]
pub(crate) struct Renderer {
    timbre: Timbre,
    seed: u64,
    envelopes: Envelopes,
    minimum_phase: MinimumPhase,
    masks: Masks,
    impulse: Impulse,
    modulation: Modulation,
    transform: Transform,
    /// Windows of frames on a sample and of frames between two.
    windows: [Window; 2],
}

/// Streams of randomness that must not be one another's.
mod part {
    pub(super) const PULSES: u64 = 1 << 40;
    pub(super) const COLOUR: u64 = 2 << 40;
}

impl Renderer {
    pub(crate) fn new(timbre: &Timbre, seed: u64) -> Self {
        let mut minimum_phase = MinimumPhase::new();
        Self {
            timbre: timbre.clone(),
            seed,
            envelopes: Envelopes::new(timbre),
            masks: Masks::new(timbre, &mut minimum_phase),
            minimum_phase,
            impulse: Impulse::new(),
            modulation: Modulation::new(),
            transform: Transform::new(RESPONSE),
            windows: [Window::new(0), Window::new(1)],
        }
    }

    /// Adds all of `frames` to `output`, which begins with the first of them.
    pub(crate) fn render(&mut self, frames: &[Frame], output: &mut [f32]) {
        let voicing = voicing(frames, &self.timbre);
        let pulses = pulses(frames, &voicing, &self.timbre, &mut Noise::new(self.seed, part::PULSES));
        let colour = Colour::new(&self.timbre, frames.len(), &mut Noise::new(self.seed, part::COLOUR));
        let sounding: Vec<usize> = (0..frames.len())
            .filter(|index| frames[*index].excitation != Excitation::Silent)
            .collect();

        let mut envelopes = [vec![0.0; POINTS], vec![0.0; POINTS]];
        let mut filters = [Complexes::zeros(BINS), Complexes::zeros(BINS)];
        let mut sources = [Complexes::zeros(BINS), Complexes::zeros(BINS)];
        let mut noise = Complexes::zeros(BINS);
        let mut piece = Complexes::zeros(RESPONSE);
        let mut next_pulse = 0;
        for pair in sounding.chunks(2) {
            for (index, envelope) in pair.iter().zip(&mut envelopes) {
                self.envelopes
                    .draw(&frames[*index], *index, voicing[*index], &colour, envelope);
            }
            self.minimum_phase.filters(&envelopes, &mut filters);
            for source in &mut sources[pair.len()..] {
                *source = Complexes::zeros(BINS);
            }
            for ((index, source), filter) in pair.iter().zip(&mut sources).zip(&filters) {
                self.fill(*index, voicing[*index], &pulses, &mut next_pulse, &mut piece);
                self.transform.forward(&mut piece);
                unpack(&piece, source, &mut noise);
                self.masks.apply(voicing[*index], source, &noise);
                multiply(source, filter);
            }
            pack(&sources[0], &sources[1], &mut piece);
            self.transform.inverse(&mut piece);
            for (index, samples) in pair.iter().zip([&piece.real, &piece.imaginary]) {
                add(samples, Window::start(*index), output);
            }
        }
    }

    /// Writes pulses (real) and noise (imaginary) of the source under the window of frame `index`.
    fn fill(&self, index: usize, voicing: Voicing, pulses: &[Pulse], next: &mut usize, piece: &mut Complexes) {
        let start = Window::start(index);
        let window = &self.windows[index % 2];
        piece.real.fill(0.0);
        piece.imaginary[PIECE..].fill(0.0);
        let mut random = Noise::new(self.seed, index as u64);
        for (sample, weight) in piece.imaginary.iter_mut().zip(&window.noise) {
            *sample = random.white() * weight;
        }
        // Nothing sounds before the first frame.
        let early = usize::try_from(-start).unwrap_or(0).min(PIECE);
        piece.imaginary[..early].fill(0.0);
        if voicing.voiced <= 0.0 {
            return;
        }

        let begin = start as f64;
        let end = begin + PIECE as f64;
        while pulses
            .get(*next)
            .is_some_and(|pulse| pulse.at + f64::from(pulse.period) + Impulse::REACH < begin)
        {
            *next += 1;
        }
        let source = &mut piece.real[..PIECE];
        for pulse in pulses[*next..]
            .iter()
            .take_while(|pulse| pulse.at - Impulse::REACH < end)
        {
            self.impulse.add(pulse.at - begin, pulse.strength, source);
            self.modulation.apply(pulse, begin, &mut piece.imaginary[..PIECE]);
        }
        for (sample, weight) in source.iter_mut().zip(&window.pulses) {
            *sample *= weight;
        }
        source[..early].fill(0.0);
    }
}

/// Adds a piece that begins at `start`. What the pulse dispersion brought before it stands at its end.
fn add(piece: &[f32], start: i64, output: &mut [f32]) {
    const SCALE: f32 = 1.0 / RESPONSE as f32;
    /// The dispersion and half an impulse between samples come early.
    const LEAD: usize = 2 * DISPERSION;
    let (after, before) = piece.split_at(RESPONSE - LEAD);
    for (samples, start) in [(after, start), (before, start - LEAD as i64)] {
        let hidden = usize::try_from(-start).unwrap_or(0).min(samples.len());
        let from = usize::try_from(start).unwrap_or(0).min(output.len());
        for (output, sample) in output[from..].iter_mut().zip(&samples[hidden..]) {
            *output += SCALE * sample;
        }
    }
}

/// How much each sample of the source belongs to a frame.
#[derive(Debug)]
struct Window {
    pulses: Vec<f32>,
    noise: Vec<f32>,
}

impl Window {
    /// For frames of even or odd `index`: the odd ones lie between two samples.
    fn new(index: usize) -> Self {
        let centre = index as f64 * HOP - Self::start(index) as f64;
        let triangle = |sample: usize| (1.0 - (sample as f64 - centre).abs() / HOP).max(0.0) as f32;
        Self {
            pulses: (0..PIECE).map(triangle).collect(),
            noise: (0..PIECE)
                .map(|sample| sin_cos(std::f32::consts::FRAC_PI_2 * triangle(sample)).0)
                .collect(),
        }
    }

    /// The first sample under the window of a frame.
    fn start(index: usize) -> i64 {
        // ⌊220.5 (index − 1)⌋ + 1
        (441 * (index as i64 - 1)).div_euclid(2) + 1
    }
}

/// How noise breathes within a period: most of it comes while the vocal folds are open and just after they close.
#[derive(Debug)]
struct Modulation {
    /// Over one period, of unit power.
    shape: Vec<f32>,
}

impl Modulation {
    const STEPS: usize = 128;

    fn new() -> Self {
        let bump = |place: f32| {
            let distance = (place - 0.15) / 0.18;
            0.9 * libm::expf(-0.5 * distance * distance)
        };
        let shape: Vec<f32> = (0..Self::STEPS)
            .map(|step| step as f32 / Self::STEPS as f32)
            .map(|place| 0.55 + bump(place) + bump(place - 1.0))
            .collect();
        let power = shape.iter().map(|value| value * value).sum::<f32>() / Self::STEPS as f32;
        Self {
            shape: shape.iter().map(|value| value / power.sqrt()).collect(),
        }
    }

    /// Shapes the noise between `pulse` and the next one, in a buffer that starts at `begin`.
    fn apply(&self, pulse: &Pulse, begin: f64, noise: &mut [f32]) {
        let at = (pulse.at - begin) as f32;
        let from = (libm::ceilf(at).max(0.0) as usize).min(noise.len());
        let to = (libm::ceilf(at + pulse.period).max(0.0) as usize).min(noise.len());
        let step = Self::STEPS as f32 / pulse.period;
        for (index, sample) in noise[from..to.max(from)].iter_mut().enumerate() {
            let place = ((index + from) as f32 - at) * step;
            *sample *= self.shape[(place as usize).min(Self::STEPS - 1)];
        }
    }
}
