//! Pianos: stretched partials, two strings a note, a hammer that is brighter the harder it strikes.

use super::{Sound, Touch, loudness};
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::fade_in;
use crate::dsp::math::{cents, gain, hertz, smoothing};
use crate::dsp::modal::{Mode, Phases, ring};
use crate::dsp::noise::Noise;
use crate::dsp::samples;

/// Partials of a note reach up to here, hertz, but there are at least and at most so many.
const HIGHEST: f32 = 5200.0;
const PARTIALS: (usize, usize) = (24, 72);

/// Above this partial the second string is not heard apart.
const DOUBLED: usize = 24;

/// One piano.
#[derive(Debug, Clone, Copy)]
pub(super) struct Upright {
    /// Where the hammer meets the string.
    strike: f32,
    /// Where the felt begins to swallow, hertz: at the softest, and what the hardest touch adds.
    felt: (f32, f32),
    /// Cents between the two strings of a note, the louder against the softer.
    apart: f32,
    /// How loud the second string is.
    second: f32,
    /// How soon the louder swing dies, as a share of the softer one's life.
    fast: f32,
    /// Length of the sound against that of a grand.
    sustain: f32,
    /// The hammer's thump on the soundboard, and the noise of the action before it.
    knock: (f32, f32),
    /// Seconds the softest hammer stays on the string.
    attack: f32,
}

/// Concert grand.
pub(super) const GRAND: Upright = Upright {
    strike: 0.122,
    felt: (700.0, 4600.0),
    apart: 0.4,
    second: 0.45,
    fast: 0.34,
    sustain: 1.0,
    knock: (0.8, 0.12),
    attack: 0.004,
};

/// The saloon's upright: strings that have drifted apart, tacks in the hammers.
pub(super) const HONKY_TONK: Upright = Upright {
    strike: 0.10,
    felt: (2200.0, 5200.0),
    apart: 13.0,
    second: 0.95,
    fast: 0.9,
    sustain: 0.7,
    knock: (0.6, 0.35),
    attack: 0.001,
};

/// An upright with a strip of felt between hammers and strings, and the microphone inside.
pub(super) const FELT: Upright = Upright {
    strike: 0.14,
    felt: (260.0, 900.0),
    apart: 0.8,
    second: 0.5,
    fast: 0.34,
    sustain: 0.6,
    knock: (1.6, 0.30),
    attack: 0.009,
};

impl Upright {
    /// The sound of one note.
    pub(super) fn play(&self, touch: &Touch, noise: &mut Noise) -> Sound {
        let length = touch.held + samples(0.35);
        let mut sound = ring(&self.partials(touch), length, Phases::Zero);
        knock(touch, self.knock, noise, &mut sound);
        // A soft hammer stays on the string for longer.
        fade_in(
            &mut sound,
            samples(0.001 + (self.attack - 0.001) * (1.0 - touch.velocity)),
        );
        let level = loudness(touch.velocity) * 0.35;
        sound.iter_mut().for_each(|sample| *sample *= level);
        Sound::mono(sound)
    }

    /// Each partial twice: the pair's vertical swing, loud and short, and what is left in the other plane, soft and long.
    fn partials(&self, touch: &Touch) -> Vec<Mode> {
        let pitch = f32::from(touch.pitch);
        let fundamental = hertz(pitch);
        let stiffness = 0.000_22 * libm::exp2f((pitch - 48.0) / 13.3);
        let longest = 22.0 * self.sustain * libm::exp2f((40.0 - pitch) / 19.0);
        let felt = self.felt.0 + fundamental * 2.0 + touch.velocity * touch.velocity * self.felt.1;
        // The fundamental itself is put where the key says, whatever the stiffness does above it.
        let stretch = 1.0 / (1.0 + stiffness).sqrt();
        // Two strings far apart share the distance, so that the note stays in tune.
        let total = 0.8 + 0.8 * self.second;
        let (down, up) = (-self.apart * 0.8 * self.second / total, self.apart * 0.8 / total);
        let count = ((HIGHEST / fundamental) as usize).clamp(PARTIALS.0, PARTIALS.1);
        let mut modes = Vec::with_capacity(count + DOUBLED);
        for number in 1..=count {
            let order = number as f32;
            let frequency = fundamental * order * (1.0 + stiffness * order * order).sqrt() * stretch;
            if frequency > 14_000.0 {
                break;
            }
            let comb = libm::sinf(std::f32::consts::PI * order * self.strike).abs() + 0.04;
            let rolloff = 1.0 + (frequency / felt) * (frequency / felt);
            let level = comb / (libm::powf(order, 0.55) * rolloff);
            let life = longest / (1.0 + 0.000_02 * frequency * frequency.sqrt() + 0.035 * order);
            modes.push(Mode::new(
                frequency * cents(down),
                level * 0.8,
                (life * self.fast).max(0.12),
            ));
            modes.push(Mode::new(
                frequency * cents(up),
                level * 0.8 * self.second,
                life.max(0.1),
            ));
        }
        modes
    }
}

/// The hammer's thump on the soundboard: a low boom that lasts longer than the hammer, louder against the short strings
/// of the treble than against the long ones of the bass.
fn knock(touch: &Touch, (thump, action): (f32, f32), noise: &mut Noise, sound: &mut [f32]) {
    let mut board = Filter::new(Biquad::band_pass(125.0, 0.6));
    let mut felt = Filter::new(Biquad::band_pass(1900.0, 0.5));
    let (boom_fall, felt_fall) = (smoothing(0.040), smoothing(0.009));
    let treble = gain(((f32::from(touch.pitch) - 50.0) * 0.35).clamp(-3.0, 12.0));
    let (mut boom, mut tap) = (touch.velocity * thump * treble * 0.9, touch.velocity * action);
    for sample in sound.iter_mut().take(samples(0.28)) {
        let hiss = noise.white();
        *sample += board.next(hiss * boom) + felt.next(hiss * tap);
        boom *= boom_fall;
        tap *= felt_fall;
    }
}
