//! What happens to a whole part after its notes are summed: bodies, microphones, cabinets, moving loudspeakers.

use super::amplifier;
use crate::dsp::biquad::{Biquad, Cascade, Filter};
use crate::dsp::math::{saturate, sin_turns, wrap};
use crate::dsp::{RATE, samples};
use crate::perform::part::Part;
use crate::score::Instrument;

/// Finishes the part of `instrument` in place.
pub(crate) fn finish(instrument: Instrument, part: &mut Part) {
    match instrument {
        Instrument::SteelGuitar => {
            tone(
                part,
                [
                    Biquad::peak(102.0, 3.0, 4.0),
                    Biquad::peak(205.0, 3.0, 3.0),
                    Biquad::peak(2700.0, 0.9, 2.5),
                    Biquad::high_shelf(3600.0, 5.0),
                ],
            );
            widen(part, 0.0092, 0.42);
        }
        Instrument::NylonGuitar => {
            tone(
                part,
                [
                    Biquad::peak(98.0, 3.0, 4.0),
                    Biquad::peak(195.0, 3.0, 3.5),
                    Biquad::peak(420.0, 2.0, 1.5),
                    Biquad::high_shelf(3000.0, 1.5),
                ],
            );
            widen(part, 0.0104, 0.38);
        }
        Instrument::CleanGuitar => {
            tone(
                part,
                [
                    Biquad::peak(220.0, 1.0, -1.5),
                    Biquad::peak(2300.0, 0.8, 4.0),
                    Biquad::low_pass(6200.0, 0.8),
                    Biquad::low_pass(9000.0, 0.7),
                ],
            );
            chorus(part, 0.45, 0.7);
        }
        Instrument::DistortedGuitar => amplifier::overdrive(part),
        Instrument::ElectricPiano => {
            tone(part, [Biquad::peak(260.0, 0.9, 1.5), Biquad::high_shelf(5000.0, -2.0)]);
            tremolo(part, 4.6, 0.22);
            chorus(part, 0.30, 0.55);
        }
        Instrument::Organ => rotary(part),
        Instrument::WarmPad => chorus(part, 0.45, 0.35),
        Instrument::Piano => widen(part, 0.0076, 0.30),
        Instrument::Harp => widen(part, 0.0083, 0.35),
        Instrument::AcousticKit | Instrument::BrushKit => room(part, 0.16),
        Instrument::BoomBapKit => crush(part),
        Instrument::SawLead | Instrument::SquareLead => chorus(part, 0.25, 0.5),
        Instrument::ElectronicKit | Instrument::HouseKit => {}
        Instrument::ElectricBass | Instrument::UprightBass | Instrument::SynthBass | Instrument::SubBass => {}
        Instrument::Violin | Instrument::Cello | Instrument::Trumpet | Instrument::Saxophone | Instrument::Flute => {
            widen(part, 0.0117, 0.22);
        }
        Instrument::Strings | Instrument::Brass | Instrument::Choir | Instrument::Supersaw | Instrument::Pluck => {}
        Instrument::Bell | Instrument::Vibraphone | Instrument::Glockenspiel => widen(part, 0.0088, 0.30),
        Instrument::Riser | Instrument::Impact => {}
    }
}

fn tone<const N: usize>(part: &mut Part, sections: [Biquad; N]) {
    let mut chain = Cascade::new(sections);
    part.each(|left, right| chain.run(left, right));
}

/// Adds a delayed copy to one side and takes it from the other, like a second microphone: wide in stereo, gone in mono.
fn widen(part: &mut Part, seconds: f32, amount: f32) {
    let delay = samples(seconds);
    part.each(|left, right| {
        let mut floor = Filter::new(Biquad::high_pass(220.0, 0.7));
        let mut line = Line::new(delay + 1);
        for (left, right) in left.iter_mut().zip(right.iter_mut()) {
            line.write((*left + *right) * 0.5);
            let side = floor.next(line.read(delay)) * amount;
            *left += side;
            *right -= side;
        }
    });
}

/// Two slowly moving copies, one for each side.
fn chorus(part: &mut Part, amount: f32, rate: f32) {
    let (centre, swing) = (0.0115 * RATE, 0.0024 * RATE);
    let step = rate / RATE;
    part.each(|left, right| {
        let mut line = Line::new((centre + swing) as usize + 4);
        let mut phase = 0.0_f32;
        for (left, right) in left.iter_mut().zip(right.iter_mut()) {
            line.write((*left + *right) * 0.5);
            phase = wrap(phase + step);
            let there = line.read_between(centre + swing * sin_turns(phase));
            let here = line.read_between(centre + swing * sin_turns(wrap(phase + 0.5)));
            *left = *left * (1.0 - amount * 0.3) + there * amount;
            *right = *right * (1.0 - amount * 0.3) + here * amount;
        }
    });
}

/// The level swings from side to side.
fn tremolo(part: &mut Part, rate: f32, depth: f32) {
    let mut phase = 0.0_f32;
    let step = rate / RATE;
    part.each(|left, right| {
        for (left, right) in left.iter_mut().zip(right.iter_mut()) {
            phase = wrap(phase + step);
            let swing = sin_turns(phase) * depth;
            *left *= 1.0 + swing;
            *right *= 1.0 - swing;
        }
    });
}

/// A loudspeaker horn turning slowly above a drum: Doppler shift and level swing, a quarter turn apart left and right.
fn rotary(part: &mut Part) {
    let (centre, swing, step) = (0.0016 * RATE, 0.00042 * RATE, 0.85 / RATE);
    part.each(|left, right| {
        let mut line = Line::new(256);
        let mut phase = 0.0_f32;
        let mut crossover = Filter::new(Biquad::low_pass(700.0, 0.6));
        for (left, right) in left.iter_mut().zip(right.iter_mut()) {
            let input = saturate((*left + *right) * 0.55);
            let low = crossover.next(input);
            line.write(input - low);
            phase = wrap(phase + step);
            let near = sin_turns(phase);
            let aside = sin_turns(wrap(phase + 0.25));
            *left = low + line.read_between(centre + swing * near) * (1.0 + 0.30 * aside);
            *right = low + line.read_between(centre + swing * aside) * (1.0 + 0.30 * near);
        }
    });
}

/// First reflections of a drum room, different on each side.
fn room(part: &mut Part, amount: f32) {
    const LEFT: [(f32, f32); 4] = [(0.0071, 0.9), (0.0133, -0.7), (0.0229, 0.55), (0.0371, -0.4)];
    const RIGHT: [(f32, f32); 4] = [(0.0089, -0.9), (0.0157, 0.7), (0.0263, -0.5), (0.0337, 0.4)];
    let taps = |side: [(f32, f32); 4]| side.map(|(seconds, level)| (samples(seconds), level * amount));
    let (left_taps, right_taps) = (taps(LEFT), taps(RIGHT));
    part.each(|left, right| {
        let mut walls = Filter::new(Biquad::band_pass(900.0, 0.3));
        let mut line = Line::new(2048);
        for (left, right) in left.iter_mut().zip(right.iter_mut()) {
            line.write(walls.next((*left + *right) * 0.5));
            *left += left_taps
                .iter()
                .map(|(delay, level)| line.read(*delay) * level)
                .sum::<f32>();
            *right += right_taps
                .iter()
                .map(|(delay, level)| line.read(*delay) * level)
                .sum::<f32>();
        }
    });
}

/// The sampler's grit: driven converters, no top.
fn crush(part: &mut Part) {
    part.each(|left, right| {
        for sample in left.iter_mut().chain(right.iter_mut()) {
            *sample = saturate(*sample * 1.5) * 0.75;
        }
    });
    tone(part, [Biquad::low_shelf(120.0, 1.5), Biquad::low_pass(10_500.0, 0.7)]);
}

/// A delay line of a power-of-two length.
struct Line {
    memory: Vec<f32>,
    mask: usize,
    head: usize,
}

impl Line {
    /// Holds at least `length` samples.
    fn new(length: usize) -> Self {
        let size = (length + 4).next_power_of_two();
        Self {
            memory: vec![0.0; size],
            mask: size - 1,
            head: 0,
        }
    }

    #[inline(always)]
    fn write(&mut self, sample: f32) {
        self.head = (self.head + 1) & self.mask;
        self.memory[self.head] = sample;
    }

    /// The sample written `delay` writes ago.
    #[inline(always)]
    fn read(&self, delay: usize) -> f32 {
        self.memory[self.head.wrapping_sub(delay) & self.mask]
    }

    /// Between two samples, by a straight line.
    #[inline(always)]
    fn read_between(&self, delay: f32) -> f32 {
        let whole = delay as usize;
        let share = delay - whole as f32;
        self.read(whole) * (1.0 - share) + self.read(whole + 1) * share
    }
}
