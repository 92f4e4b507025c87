//! A channel of the mixing desk: cleaning, tone, control, level.

use super::compressor::Compressor;
use super::deesser::Deesser;
use super::loudness::{Energies, Meter};
use super::sidechain;
use super::surroundings::Surroundings;
use super::throws::Throws;
use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Cascade};
use crate::dsp::math::{gain, saturate, sin_turns};
use crate::instruments::profile;
use crate::perform::part::Part;
use crate::score::{Instrument, Role, Track};

/// The settings of one channel.
#[derive(Debug, Clone)]
pub(crate) struct Strip {
    /// Name of the stem.
    pub(crate) name: String,
    /// Share sent to the reverb, 0-1.
    pub(crate) reverb: f32,
    /// Share sent to the tempo delay, 0-1.
    pub(crate) echo: f32,
    /// Single strokes sent to the tempo delay; only drums have any.
    pub(crate) throws: Throws,
    /// Loudness to reach, LUFS.
    target: f32,
    pan: f32,
    /// Has sibilants.
    is_voice: bool,
    sidechain: f32,
    /// How far it steps back under a voice, decibels: as a whole, and where the voice has its words.
    courtesy: (f32, f32),
    /// One to four sections.
    tone: Vec<Biquad>,
    control: Option<Control>,
    /// Gets overtones: its own notes are too low for small loudspeakers.
    is_sub: bool,
}

/// A compressor set against the part's own loudness.
#[derive(Debug, Clone, Copy)]
struct Control {
    /// Threshold above the part's loudness, LU.
    above: f32,
    ratio: f32,
    attack: f32,
    release: f32,
}

impl Strip {
    /// For an instrument.
    pub(crate) fn for_track(track: &Track, surroundings: &Surroundings) -> Self {
        Self {
            name: track.name.clone(),
            reverb: track.reverb,
            echo: track.delay,
            throws: match track.role {
                Role::Drums => surroundings.throws.clone(),
                _ => Throws::default(),
            },
            target: role_target(track.role) + track.trim - doubling(track, &surroundings.lineup),
            pan: track.pan,
            is_voice: false,
            sidechain: track.sidechain,
            courtesy: courtesy(track.role),
            tone: tone(track, surroundings),
            control: control(track.role),
            is_sub: matches!(track.instrument, Instrument::SubBass | Instrument::Bass808),
        }
    }

    /// For the lead voice, brought to `target` LUFS; what is thrown of it goes to the delay.
    pub(crate) fn for_lead(target: f32, throws: Throws) -> Self {
        Self {
            reverb: 0.03,
            throws,
            ..Self::for_voice("lead-vocal", target, 90.0, 2.0)
        }
    }

    /// For everybody who sings behind the lead. They leave it the depth and the presence.
    pub(crate) fn for_backing(target: f32) -> Self {
        Self {
            reverb: 0.08,
            ..Self::for_voice("backing-vocals", target, 150.0, -0.5)
        }
    }

    /// `presence` in decibels.
    fn for_voice(name: &str, target: f32, low_cut: f32, presence: f32) -> Self {
        Self {
            name: name.to_owned(),
            reverb: 0.0,
            echo: 0.0,
            throws: Throws::default(),
            target,
            pan: 0.0,
            is_voice: true,
            sidechain: 0.0,
            courtesy: (0.0, 0.0),
            tone: vec![
                Biquad::high_pass(low_cut, 0.7),
                Biquad::peak(300.0, 1.0, -2.0),
                Biquad::peak(3200.0, 0.8, presence),
                Biquad::high_shelf(9000.0, 1.0),
            ],
            control: Some(Control {
                above: -2.0,
                ratio: 3.0,
                attack: 0.006,
                release: 0.09,
            }),
            is_sub: false,
        }
    }

    /// Cleans, shapes, levels and places a part.
    pub(crate) fn process(&self, part: Part, surroundings: &Surroundings) -> Part {
        let mut part = part;
        if part.is_silent() {
            return part;
        }
        let Some(before) = self.shape(&mut part).integrated() else {
            return part;
        };
        if self.is_sub {
            part.each(|left, right| add_overtones(left, right, gain(DRIVEN - before)));
        }
        if self.is_voice {
            let mut deesser = Deesser::new(before);
            part.each(|left, right| deesser.run(left, right));
        }
        let loudness = match self.control {
            Some(control) => self.compress(&mut part, control, before).integrated().unwrap_or(before),
            None => before,
        };
        let level = gain((self.target - loudness).clamp(-60.0, 60.0));
        let [left_gain, right_gain] = pan(self.pan).map(|side| side * level);
        part.each(|left, right| {
            left.iter_mut().for_each(|sample| *sample *= left_gain);
            right.iter_mut().for_each(|sample| *sample *= right_gain);
        });
        if self.sidechain > 0.0 {
            sidechain::duck(&mut part, &surroundings.kicks, self.sidechain, surroundings.beat);
        }
        if surroundings.singing.anywhere() {
            let (all, words) = self.courtesy;
            if all > 0.0 {
                surroundings.singing.make_room(&mut part, all);
            }
            if words > 0.0 {
                surroundings.singing.clear_words(&mut part, words);
            }
        }
        part
    }

    fn shape(&self, part: &mut Part) -> Energies {
        match *self.tone.as_slice() {
            [one] => filtered(part, [one]),
            [one, two] => filtered(part, [one, two]),
            [one, two, three] => filtered(part, [one, two, three]),
            [one, two, three, four, ..] => filtered(part, [one, two, three, four]),
            [] => measured(part, |_, _| {}),
        }
    }

    fn compress(&self, part: &mut Part, control: Control, loudness: f32) -> Energies {
        let threshold = loudness + control.above;
        let mut compressor = Compressor::new(threshold, control.ratio, control.attack, control.release);
        measured(part, |left, right| compressor.run(left, right))
    }
}

fn filtered<const N: usize>(part: &mut Part, sections: [Biquad; N]) -> Energies {
    let mut chain = Cascade::new(sections);
    measured(part, |left, right| chain.run(left, right))
}

/// Works on each stretch of a part and measures what comes out. Silence between stretches would not pass the gate.
fn measured(part: &mut Part, mut work: impl FnMut(&mut [f32], &mut [f32])) -> Energies {
    let mut meter = Meter::new(RATE);
    part.each(|left, right| {
        for (left, right) in left.chunks_mut(1024).zip(right.chunks_mut(1024)) {
            work(left, right);
            meter.add(left, right);
        }
    });
    meter.finish()
}

/// Loudness at which a sub-bass enters the curve that gives it overtones, LUFS.
const DRIVEN: f32 = -6.0;

/// Bends a wave so that its octave and twelfth are heard, the octave because the curve is lopsided. `drive` is undone.
fn add_overtones(left: &mut [f32], right: &mut [f32], drive: f32) {
    const LOPSIDED: f32 = 0.35;
    let rest = saturate(LOPSIDED);
    for sample in left.iter_mut().chain(right) {
        *sample = (saturate(*sample * drive + LOPSIDED) - rest) / drive;
    }
}

/// Loudness of each role in a balanced song, LUFS.
fn role_target(role: Role) -> f32 {
    match role {
        Role::Drums => -18.0,
        Role::Percussion => -27.0,
        Role::Bass => -20.0,
        Role::Lead => -17.3,
        Role::MainComp => -21.0,
        Role::Comp => -24.0,
        Role::Pad => -28.0,
        Role::Fill => -23.0,
        Role::Effects => -23.0,
    }
}

/// What a part gives up for others of its kind, decibels: two guitars on two sides are as loud together as one would be.
fn doubling(track: &Track, lineup: &[(Role, Instrument)]) -> f32 {
    let alike = lineup
        .iter()
        .filter(|place| **place == (track.role, track.instrument))
        .count();
    10.0 * libm::log10f(alike.max(1) as f32)
}

/// How far each role steps back under a voice, decibels, as a whole and where words are: what plays melodies most of all,
/// what plays chords mostly where it would cover words.
fn courtesy(role: Role) -> (f32, f32) {
    match role {
        Role::Lead | Role::Fill => (3.0, 3.0),
        Role::MainComp | Role::Comp | Role::Pad => (0.5, 4.0),
        Role::Effects => (0.0, 3.0),
        Role::Drums | Role::Percussion | Role::Bass => (0.0, 0.0),
    }
}

/// How firmly each role is held.
fn control(role: Role) -> Option<Control> {
    match role {
        Role::Drums => Some(Control {
            above: 4.0,
            ratio: 2.2,
            attack: 0.012,
            release: 0.12,
        }),
        Role::Bass => Some(Control {
            above: 0.0,
            ratio: 3.0,
            attack: 0.020,
            release: 0.15,
        }),
        Role::Lead => Some(Control {
            above: 1.0,
            ratio: 2.0,
            attack: 0.012,
            release: 0.16,
        }),
        Role::MainComp => Some(Control {
            above: 4.0,
            ratio: 1.8,
            attack: 0.015,
            release: 0.15,
        }),
        Role::Percussion | Role::Comp | Role::Pad | Role::Fill | Role::Effects => None,
    }
}

/// Where no drum keeps the low end busy, instruments keep more of theirs: their low cuts move to this share.
const UNDRUMMED: f32 = 0.6;

/// Low cut by instrument, then what the role needs.
fn tone(track: &Track, surroundings: &Surroundings) -> Vec<Biquad> {
    let drummed = surroundings.lineup.iter().any(|place| place.0 == Role::Drums);
    let low_cut = profile(track.instrument).low_cut * if drummed { 1.0 } else { UNDRUMMED };
    let mut tone = vec![Biquad::high_pass(low_cut, 0.7)];
    match track.role {
        Role::Drums | Role::Percussion | Role::Effects => {}
        Role::Bass => tone.extend([Biquad::peak(130.0, 0.8, 2.5), Biquad::peak(320.0, 0.9, -1.5)]),
        Role::Lead => tone.extend([Biquad::peak(350.0, 0.9, -1.0), Biquad::peak(2800.0, 0.8, 1.5)]),
        Role::Pad => tone.extend([Biquad::peak(350.0, 0.8, -2.0), Biquad::high_shelf(6000.0, -1.5)]),
        Role::MainComp | Role::Comp | Role::Fill => tone.push(Biquad::peak(320.0, 0.8, -1.0)),
    }
    tone
}

/// Constant-power gains of a place from −1 to 1, unity in the middle.
pub(crate) fn pan(place: f32) -> [f32; 2] {
    let turn = (place.clamp(-1.0, 1.0) + 1.0) / 8.0;
    let root = std::f32::consts::SQRT_2;
    [root * sin_turns(turn + 0.25), root * sin_turns(turn)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::perform::tests::{empty_score, track};

    const LENGTH: usize = 2 * 44_100;

    /// What a strip makes of a sine of `hertz` played by `instrument` for `role` beside others.
    fn strip_of(instrument: Instrument, role: Role, beside: &[Role], hertz: f32) -> Vec<f32> {
        let track = Track {
            role,
            ..track(instrument, Vec::new())
        };
        let surroundings = Surroundings {
            lineup: beside.iter().map(|role| (*role, Instrument::AcousticKit)).collect(),
            ..Surroundings::of(&empty_score(), false)
        };
        let wave = || -> Vec<f32> {
            (0..LENGTH)
                .map(|index| {
                    let at = |hertz: f32| sin_turns((index as f32 * hertz / RATE).fract());
                    0.1 * (at(hertz) + at(1000.0))
                })
                .collect()
        };
        let part = Part::new(wave(), wave(), std::slice::from_ref(&(0..LENGTH)));
        Strip::for_track(&track, &surroundings)
            .process(part, &surroundings)
            .left
    }

    /// Level of one frequency against another, decibels.
    fn against(samples: &[f32], hertz: f32, other: f32) -> f32 {
        let power = |hertz: f32| {
            let sum = samples[LENGTH / 2..]
                .iter()
                .enumerate()
                .fold([0.0_f32; 2], |sum, (index, sample)| {
                    let turns = (index as f32 * hertz / RATE).fract();
                    [
                        sum[0] + sample * sin_turns(turns),
                        sum[1] + sample * sin_turns((turns + 0.25).fract()),
                    ]
                });
            sum[0] * sum[0] + sum[1] * sum[1]
        };
        10.0 * libm::log10f(power(hertz) / power(other))
    }

    #[test]
    fn pads_keep_their_lower_tones_where_no_drum_plays() {
        let level = |beside: &[Role]| {
            let samples = strip_of(Instrument::WarmPad, Role::Pad, beside, 80.0);
            against(&samples, 80.0, 1000.0)
        };
        assert!(level(&[]) > level(&[Role::Drums]) + 3.0);
    }

    #[test]
    fn a_sub_bass_is_heard_by_its_octave() {
        let octave = |instrument| {
            let samples = strip_of(instrument, Role::Bass, &[], 44.0);
            against(&samples, 88.0, 44.0)
        };
        let (sub, plucked) = (octave(Instrument::SubBass), octave(Instrument::ElectricBass));
        assert!(sub > -26.0 && plucked < -40.0, "{sub} {plucked}");
    }
}
