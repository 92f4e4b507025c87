//! What happens to a whole part after its notes are summed: bodies, microphones, cabinets, moving loudspeakers.

use super::{amplifier, rotary};
use crate::dsp::biquad::{Biquad, Cascade, Filter};
use crate::dsp::math::{saturate, sin_turns, wrap};
use crate::dsp::{RATE, samples};
use crate::perform::part::Part;
use crate::score::Instrument;

/// Finishes the part of `instrument` in place.
pub(crate) fn finish(instrument: Instrument, part: &mut Part) {
    use Instrument::*;
    match instrument {
        SteelGuitar => {
            box_of(part, (102.0, 4.0), (205.0, 3.0), (2700.0, 2.5), (3600.0, 5.0));
            widen(part, 0.0092, 0.42);
        }
        NylonGuitar => {
            box_of(part, (98.0, 4.0), (195.0, 3.5), (420.0, 1.5), (3000.0, 1.5));
            widen(part, 0.0104, 0.38);
        }
        Ukulele => {
            box_of(part, (245.0, 5.0), (450.0, 4.0), (900.0, 2.0), (3500.0, 1.0));
            widen(part, 0.0071, 0.34);
        }
        Banjo => {
            box_of(part, (320.0, 4.0), (640.0, 5.0), (1900.0, 3.0), (4200.0, 3.0));
            widen(part, 0.0066, 0.30);
        }
        Mandolin => {
            box_of(part, (210.0, 3.0), (430.0, 4.0), (1150.0, 2.0), (4500.0, 4.0));
            widen(part, 0.0069, 0.32);
        }
        Harpsichord => {
            box_of(part, (180.0, 2.0), (420.0, 2.0), (2200.0, 3.0), (5000.0, 2.0));
            widen(part, 0.0094, 0.40);
        }
        CleanGuitar => {
            combo(part);
            chorus(part, 0.45, 0.7);
        }
        MutedGuitar => combo(part),
        Clavinet => tone(
            part,
            [
                Biquad::high_pass(150.0, 0.7),
                Biquad::peak(700.0, 0.9, 3.0),
                Biquad::peak(2100.0, 1.1, 5.0),
                Biquad::low_pass(9500.0, 0.7),
            ],
        ),
        PedalSteel => {
            combo(part);
            widen(part, 0.0112, 0.35);
        }
        CrunchGuitar => amplifier::overdrive(part, amplifier::CRUNCH),
        DistortedGuitar => amplifier::overdrive(part, amplifier::LEAD),
        ElectricPiano => {
            tone(part, [Biquad::peak(260.0, 0.9, 1.5), Biquad::high_shelf(5000.0, -2.0)]);
            tremolo(part, 4.6, 0.22);
            chorus(part, 0.30, 0.55);
        }
        ReedPiano => {
            tone(
                part,
                [
                    Biquad::high_pass(120.0, 0.7),
                    Biquad::peak(900.0, 0.8, 2.0),
                    Biquad::low_pass(5200.0, 0.7),
                ],
            );
            tremolo(part, 5.6, 0.30);
        }
        Organ => rotary::turn(part, rotary::SLOW, 1.0),
        RockOrgan => rotary::turn(part, rotary::FAST, 3.2),
        WarmPad | FretlessBass => chorus(part, 0.40, 0.35),
        SweepPad => chorus(part, 0.35, 0.25),
        Piano => widen(part, 0.0076, 0.30),
        HonkyTonk => widen(part, 0.0068, 0.38),
        FeltPiano => widen(part, 0.0081, 0.36),
        Harp => widen(part, 0.0083, 0.35),
        AcousticKit | BrushKit | LatinKit => room(part, 0.16),
        OrchestralKit => room(part, 0.30),
        BoomBapKit => crush(part),
        SawLead | SquareLead | FmLead => chorus(part, 0.25, 0.5),
        Violin | Viola | Cello | Erhu | Trumpet | MutedTrumpet | Trombone | Saxophone | AltoSaxophone | Clarinet
        | Oboe | Flute | PanFlute | Whistle | Harmonica => widen(part, 0.0117, 0.22),
        FrenchHorn | Timpani => widen(part, 0.0143, 0.35),
        Sitar | Koto | Shamisen => widen(part, 0.0089, 0.32),
        Bell | Vibraphone | Glockenspiel | Marimba | Xylophone | Kalimba | SteelDrum | TubularBells | Celesta
        | MusicBox => widen(part, 0.0088, 0.30),
        ElectronicKit | HouseKit | TrapKit | GatedKit => {}
        ElectricBass | PickedBass | SlapBass | UprightBass | SynthBass | ReeseBass | SubBass | Bass808 | AcidBass
        | WobbleBass => {}
        PipeOrgan | Accordion | Strings | TremoloStrings | Pizzicato | Brass | Choir | OohChoir | VocalChop
        | GlassPad | Pluck | Arp | Supersaw => {}
        Riser | Impact | CymbalSwell | VinylCrackle => {}
    }
}

/// A wooden box: air, top plate and a third resonance (hertz, decibels), and what it does to the treble.
fn box_of(part: &mut Part, air: (f32, f32), plate: (f32, f32), third: (f32, f32), treble: (f32, f32)) {
    tone(
        part,
        [
            Biquad::peak(air.0, 3.0, air.1),
            Biquad::peak(plate.0, 3.0, plate.1),
            Biquad::peak(third.0, 1.1, third.1),
            Biquad::high_shelf(treble.0, treble.1),
        ],
    );
}

/// A clean combo amplifier and its cabinet.
fn combo(part: &mut Part) {
    tone(
        part,
        [
            Biquad::peak(220.0, 1.0, -1.5),
            Biquad::peak(2300.0, 0.8, 4.0),
            Biquad::low_pass(6200.0, 0.8),
            Biquad::low_pass(9000.0, 0.7),
        ],
    );
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
pub(super) struct Line {
    memory: Vec<f32>,
    mask: usize,
    head: usize,
}

impl Line {
    /// Holds at least `length` samples.
    pub(super) fn new(length: usize) -> Self {
        let size = (length + 4).next_power_of_two();
        Self {
            memory: vec![0.0; size],
            mask: size - 1,
            head: 0,
        }
    }

    #[inline(always)]
    pub(super) fn write(&mut self, sample: f32) {
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
    pub(super) fn read_between(&self, delay: f32) -> f32 {
        let whole = delay as usize;
        let share = delay - whole as f32;
        self.read(whole) * (1.0 - share) + self.read(whole + 1) * share
    }
}
