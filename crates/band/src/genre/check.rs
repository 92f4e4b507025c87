//! A genre file is checked before it is believed.

use std::collections::BTreeSet;

use super::figure::{Alphabet, problem, steps_in};
use super::{Genre, Level, Progressions, Variants};
use crate::Error;
use crate::harmony::numeral;
use crate::score::{Meter, Mode};

const COMMON: Meter = Meter { beats: 4, unit: 4 };
const WALTZ: Meter = Meter { beats: 3, unit: 4 };
const COMPOUND: Meter = Meter { beats: 6, unit: 8 };

/// Fewest progressions of verse, chorus and bridge in each mode: with fewer, songs of one genre sound alike.
const PROGRESSIONS: [usize; 3] = [4, 3, 2];

/// Fewest drum bars of one level in 4/4.
const DRUM_BARS: usize = 2;

impl Genre {
    /// Everything that can be wrong with a file beyond its shape.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.check_values()?;
        self.check_habits()?;
        self.check_grooves()?;
        let bass = &self.bass;
        self.check_player([&bass.low, &bass.middle, &bass.high], Alphabet::Bass)?;
        self.check_own_metres(&bass.waltz, &bass.compound, Alphabet::Bass)?;
        for comp in &self.comps {
            self.check_player([&comp.low, &comp.middle, &comp.high], Alphabet::Comp)?;
            self.check_own_metres(&comp.waltz, &comp.compound, Alphabet::Comp)?;
        }
        for line in &self.lines {
            self.check_player([&line.rhythm], Alphabet::Drums)?;
        }
        self.check_progressions(&self.harmony.major, Mode::Major)?;
        self.check_progressions(&self.harmony.minor_mode, Mode::Minor)
    }

    fn check_values(&self) -> Result<(), Error> {
        let tempo = self.tempo;
        let words_are_plain = self.words.iter().all(|word| {
            !word.is_empty() && word.split(' ').all(|part| !part.is_empty()) && *word == word.to_lowercase()
        });
        self.none_of(&[
            (
                !(30.0 <= tempo.low && tempo.low <= tempo.usual && tempo.usual <= tempo.high && tempo.high <= 300.0),
                "tempo must rise from low over usual to high within 30-300",
            ),
            (
                !words_are_plain || self.words.is_empty(),
                "words must be lower-case phrases, at least one",
            ),
            (!(0.0..=1.0).contains(&self.minor), "minor is a share, 0-1"),
            (
                !(50.0..=75.0).contains(&self.feel.swing),
                "swing is 50 (straight) to 75",
            ),
            (!matches!(self.feel.swing_unit, 8 | 16), "swing_unit is 8 or 16"),
            (!(0.0..=0.2).contains(&self.feel.loose), "loose is 0-0.2"),
            (self.comps.is_empty(), "at least one comp is needed"),
            (
                self.comps.iter().any(|comp| !(-1.0..=1.0).contains(&comp.pan)),
                "pan is -1 to 1",
            ),
            (
                self.comps.iter().any(|comp| !(0.0..=5.0).contains(&comp.from)),
                "from is an energy, 0-5",
            ),
            (
                self.comps.iter().all(|comp| comp.from > 1.0),
                "one comp must play from energy 1 or below",
            ),
            (
                !(0.2..=8.0).contains(&self.mix.reverb_seconds),
                "mix.reverb_seconds is 0.2-8",
            ),
            (
                !(0.0..=0.8).contains(&self.mix.delay_feedback),
                "mix.delay_feedback is 0-0.8",
            ),
            (
                [
                    self.mix.throws,
                    self.mix.voice_throws,
                    self.mix.saturation,
                    self.mix.wow,
                ]
                .iter()
                .any(|value| !(0.0..=1.0).contains(value)),
                "mix.throws, mix.voice_throws, mix.saturation and mix.wow are 0-1",
            ),
            (
                !(-4.0..=4.0).contains(&self.mix.voice),
                "mix.voice is the lead's loudness against the band, -4 to 4 LU",
            ),
            (
                self.mix.low_pass != 0.0 && !(2000.0..=20_000.0).contains(&self.mix.low_pass),
                "mix.low_pass is 2000-20000 Hz, or left out",
            ),
        ])
    }

    fn check_habits(&self) -> Result<(), Error> {
        let (form, melody) = (&self.form, &self.melody);
        let shares = [form.pushes, form.stops, melody.syncopation, melody.ornaments];
        self.none_of(&[
            (form.intros.is_empty(), "form.intros names at least one way to begin"),
            (form.endings.is_empty(), "form.endings names at least one way to end"),
            (
                self.vocals.harmonies > 2 || !(0.0..=5.0).contains(&self.vocals.pads_from),
                "vocals.harmonies is 0-2, and vocals.pads_from an energy, 0-5",
            ),
            (
                shares.iter().any(|share| !(0.0..=1.0).contains(share)),
                "pushes, stops, syncopation and ornaments are shares, 0-1",
            ),
            (
                self.lines.iter().any(|line| line.rhythm.is_silent()),
                "a line needs a rhythm",
            ),
            (
                self.lines.iter().any(|line| !(28..=84).contains(&line.lowest)),
                "a line's lowest note is a MIDI number, 28-84",
            ),
            (
                self.lines
                    .iter()
                    .any(|line| !(0.0..=5.0).contains(&line.from) || !(-1.0..=1.0).contains(&line.pan)),
                "a line's from is an energy, 0-5, and its pan -1 to 1",
            ),
        ])
    }

    fn check_grooves(&self) -> Result<(), Error> {
        for groove in &self.grooves {
            let Some(meter) = meter(&groove.meter) else {
                return Err(self.wrong("a groove's meter must look like \"6/8\""));
            };
            if groove.lanes.is_empty() {
                return Err(self.wrong("a groove without drums"));
            }
            for pattern in groove.lanes.values() {
                self.check_pattern(pattern, Alphabet::Drums, meter)?;
            }
        }
        let bars = |meter: &str, level| {
            self.grooves
                .iter()
                .filter(|groove| groove.meter == meter && groove.energy == level)
                .count()
        };
        let played = [Level::Low, Level::Middle, Level::High, Level::Fill];
        if self.drums_from <= 5.0 && played.iter().any(|level| bars("4/4", *level) < DRUM_BARS) {
            return Err(self.wrong("drums need two bars or more of each: low, middle, high and fill, in 4/4"));
        }
        let meters = self.grooves.iter().map(|groove| groove.meter.as_str());
        for meter in meters.collect::<BTreeSet<_>>() {
            if bars(meter, Level::Middle) == 0 || bars(meter, Level::Fill) == 0 {
                return Err(self.wrong("each meter with grooves of its own needs a middle one and a fill"));
            }
        }
        Ok(())
    }

    fn check_player<const N: usize>(&self, levels: [&Variants; N], alphabet: Alphabet) -> Result<(), Error> {
        levels
            .into_iter()
            .flat_map(Variants::iter)
            .try_for_each(|pattern| self.check_pattern(pattern, alphabet, COMMON))
    }

    fn check_own_metres(&self, waltz: &Variants, compound: &Variants, alphabet: Alphabet) -> Result<(), Error> {
        let in_metre = |patterns: &Variants, meter| {
            patterns
                .iter()
                .try_for_each(|pattern| self.check_pattern(pattern, alphabet, meter))
        };
        in_metre(waltz, WALTZ)?;
        in_metre(compound, COMPOUND)
    }

    fn check_pattern(&self, pattern: &str, alphabet: Alphabet, meter: Meter) -> Result<(), Error> {
        match problem(pattern, alphabet, steps_in(meter)) {
            Some(reason) => Err(Error::Pattern {
                genre: self.name.clone(),
                pattern: pattern.to_owned(),
                reason,
            }),
            None => Ok(()),
        }
    }

    fn check_progressions(&self, table: &Progressions, mode: Mode) -> Result<(), Error> {
        for (lines, least) in [&table.verse, &table.chorus, &table.bridge]
            .into_iter()
            .zip(PROGRESSIONS)
        {
            if lines.iter().collect::<BTreeSet<_>>().len() < least {
                let reason = "each mode needs four different verses, three choruses and two bridges, or more";
                return Err(self.wrong(reason));
            }
            for line in lines {
                if !matches!(line.split(' ').count(), 2 | 4 | 8 | 12 | 16) {
                    return Err(self.wrong("a progression has 2, 4, 8, 12 or 16 bars"));
                }
                for numeral in line.split([' ', '+']) {
                    if numeral::parse(numeral, mode).is_none() {
                        return Err(Error::Numeral {
                            genre: self.name.clone(),
                            numeral: numeral.to_owned(),
                        });
                    }
                }
            }
        }
        Ok(())
    }

    fn none_of(&self, faults: &[(bool, &str)]) -> Result<(), Error> {
        match faults.iter().find(|(fault, _)| *fault) {
            Some((_, reason)) => Err(self.wrong(reason)),
            None => Ok(()),
        }
    }

    fn wrong(&self, reason: &str) -> Error {
        Error::Value {
            genre: self.name.clone(),
            reason: reason.to_owned(),
        }
    }
}

fn meter(text: &str) -> Option<Meter> {
    let (beats, unit) = text.split_once('/')?;
    let meter = Meter {
        beats: beats.parse().ok()?,
        unit: unit.parse().ok()?,
    };
    (1..=16)
        .contains(&meter.beats)
        .then_some(meter)
        .filter(|meter| matches!(meter.unit, 4 | 8))
}
