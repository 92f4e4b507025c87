//! Every instrument still sounds as it did when its figure was taken.
//!
//! `figures.txt` holds a small picture of each: 64 mel bands from 30 Hz to 16 kHz over four stretches of 0.35 seconds, one
//! sign a band, a decibel a step from `!` (90 dB below the loudest) to `{`, and the level after 0.8 seconds. After a sound
//! was changed on purpose: `UPDATE_FIGURES=1 cargo test -p busker-band figures`, and look at what moved.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use super::*;
use crate::dsp::fft::Spectrum;

/// The most the picture may change, decibels RMS over all its cells.
const TOLERANCE: f32 = 1.5;

/// The most the level after 0.8 seconds may change, decibels.
const DECAY_TOLERANCE: f32 = 4.0;

const BANDS: usize = 64;
const STRETCHES: usize = 4;
const STRETCH: usize = 15_435;

/// Drums looked at in each kit.
const DRUMS: [u8; 9] = [36, 37, 38, 42, 46, 47, 49, 51, 63];

#[derive(Debug, Clone, PartialEq)]
struct Figure {
    name: String,
    /// Level after 0.8 seconds against the loudest 50 milliseconds.
    decay: f32,
    /// Decibels above the floor of 90.
    cells: Vec<f32>,
}

impl Figure {
    fn of(instrument: Instrument, pitch: u8) -> Self {
        let mut samples = finished(instrument, pitch, 0.7, 1.0);
        samples.resize(samples.len().max(STRETCH * STRETCHES + 2048), 0.0);
        let blocks = samples.chunks(2_205).map(level);
        let loudest = blocks.fold(-200.0, f32::max);
        let after = (0.8 * RATE) as usize;
        let decay = (level(&samples[after..after + 4_410]) - loudest).max(-99.0);
        Self {
            name: format!("{instrument:?}-{pitch}"),
            decay,
            cells: picture(&samples),
        }
    }

    fn distance(&self, other: &Self) -> f32 {
        let squares = self.cells.iter().zip(&other.cells).map(|(a, b)| (a - b) * (a - b));
        (squares.sum::<f32>() / self.cells.len() as f32).sqrt()
    }

    fn written(&self) -> String {
        let mut text = format!("{} {:.0}\n", self.name, self.decay);
        for row in self.cells.chunks(BANDS) {
            text.extend(row.iter().map(|cell| char::from(b'!' + *cell as u8)));
            text.push('\n');
        }
        text
    }

    fn read(lines: &[&str]) -> Option<Self> {
        let (name, decay) = lines.first()?.split_once(' ')?;
        let cells = lines[1..]
            .iter()
            .flat_map(|row| row.bytes().map(|sign| f32::from(sign - b'!')));
        Some(Self {
            name: name.to_owned(),
            decay: decay.parse().ok()?,
            cells: cells.collect(),
        })
    }
}

fn picture(samples: &[f32]) -> Vec<f32> {
    let spectrum = Spectrum::new(11);
    let mut cells = Vec::with_capacity(BANDS * STRETCHES);
    for stretch in 0..STRETCHES {
        let mut power = vec![0.0_f64; spectrum.length() / 2];
        for start in (stretch * STRETCH..(stretch + 1) * STRETCH).step_by(1024) {
            spectrum.accumulate(&samples[start..start + spectrum.length()], &mut power);
        }
        cells.extend((0..BANDS).map(|band| decibels_in(&power, band)));
    }
    let loudest = cells.iter().copied().fold(-200.0, f32::max);
    cells
        .iter()
        .map(|cell| (cell - loudest + 90.0).clamp(0.0, 90.0))
        .collect()
}

/// Power in a triangle on the mel scale; low bands narrower than a bin take the nearest one.
fn decibels_in(power: &[f64], band: usize) -> f32 {
    let mel = |hertz: f64| 2595.0 * libm::log10(1.0 + hertz / 700.0);
    let (lowest, highest) = (mel(30.0), mel(16_000.0));
    let edge = |index: usize| {
        let mels = lowest + (highest - lowest) * index as f64 / (BANDS + 1) as f64;
        700.0 * (libm::pow(10.0, mels / 2595.0) - 1.0) * 2048.0 / f64::from(RATE)
    };
    let (from, centre, to) = (edge(band), edge(band + 1), edge(band + 2));
    let sum: f64 = (from as usize..=(to as usize + 1).min(power.len() - 1))
        .map(|bin| {
            let place = bin as f64;
            let slope = ((place - from) / (centre - from))
                .min((to - place) / (to - centre))
                .max(0.0);
            let nearest = if (place - centre).abs() < 0.5 { 1.0 } else { 0.0 };
            power[bin] * slope.max(nearest)
        })
        .sum();
    10.0 * libm::log10(sum + 1e-12) as f32
}

fn all() -> Vec<Figure> {
    let mut figures = Vec::new();
    for &instrument in ALL {
        if is_kit(instrument) {
            figures.extend(DRUMS.map(|drum| Figure::of(instrument, drum)));
        } else {
            let (lowest, highest) = profile(instrument).range;
            figures.push(Figure::of(instrument, lowest + (highest - lowest) * 2 / 5));
        }
    }
    figures
}

#[test]
fn every_instrument_sounds_like_its_committed_figure() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/instruments/tests/figures.txt");
    let now = all();
    if env::var_os("UPDATE_FIGURES").is_some() {
        let mut text = String::new();
        for figure in &now {
            write!(text, "{}", figure.written()).unwrap();
        }
        fs::write(&path, text).unwrap();
    }
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let committed: Vec<Figure> = lines.chunks(STRETCHES + 1).filter_map(Figure::read).collect();
    assert_eq!(
        committed.len(),
        now.len(),
        "an instrument without a figure, or a figure without an instrument"
    );
    let mut faults = Vec::new();
    for (now, before) in now.iter().zip(&committed) {
        assert_eq!(now.name, before.name);
        let distance = now.distance(before);
        let slower = now.decay - before.decay;
        if distance > TOLERANCE || slower.abs() > DECAY_TOLERANCE {
            faults.push(format!(
                "{}: {distance:.1} dB apart, {slower:+.1} dB after 0.8 s",
                now.name
            ));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

// Tremolo is left out: its picture, taken over a third of a second, is that of the section which trembles.
#[test]
fn no_two_instruments_of_a_family_sound_the_same() {
    let figure = |instrument: Instrument, pitch: u8| Figure::of(instrument, pitch);
    let families: [(u8, &[Instrument]); 7] = [
        (
            33,
            &[
                ElectricBass,
                PickedBass,
                SlapBass,
                FretlessBass,
                UprightBass,
                SynthBass,
                ReeseBass,
                SubBass,
                Bass808,
                AcidBass,
                WobbleBass,
            ],
        ),
        (
            60,
            &[
                SteelGuitar,
                NylonGuitar,
                CleanGuitar,
                MutedGuitar,
                CrunchGuitar,
                DistortedGuitar,
                PedalSteel,
                Ukulele,
                Banjo,
                Mandolin,
                Harp,
                Sitar,
                Koto,
                Shamisen,
            ],
        ),
        (
            60,
            &[
                Piano,
                HonkyTonk,
                FeltPiano,
                ElectricPiano,
                ReedPiano,
                Clavinet,
                Harpsichord,
                Organ,
                RockOrgan,
                PipeOrgan,
                Accordion,
                Harmonica,
            ],
        ),
        (67, &[Strings, Pizzicato, Violin, Viola, Cello, Erhu]),
        (
            67,
            &[
                Brass,
                Trumpet,
                MutedTrumpet,
                Trombone,
                FrenchHorn,
                Saxophone,
                AltoSaxophone,
                Clarinet,
                Oboe,
                Flute,
                PanFlute,
                Whistle,
            ],
        ),
        (
            64,
            &[
                Choir, OohChoir, VocalChop, WarmPad, GlassPad, SweepPad, SawLead, SquareLead, FmLead, Pluck, Arp,
                Supersaw,
            ],
        ),
        (
            74,
            &[
                Bell,
                Vibraphone,
                Glockenspiel,
                Marimba,
                Xylophone,
                Kalimba,
                SteelDrum,
                TubularBells,
                Celesta,
                MusicBox,
            ],
        ),
    ];
    for (pitch, family) in families {
        let figures: Vec<Figure> = family.iter().map(|instrument| figure(*instrument, pitch)).collect();
        for (at, one) in figures.iter().enumerate() {
            for other in &figures[at + 1..] {
                let distance = one.distance(other);
                assert!(
                    distance > 2.0,
                    "{} and {} are {distance:.1} dB apart",
                    one.name,
                    other.name
                );
            }
        }
    }
}
