//! A genre file is checked before it is believed.

use super::figure::{Alphabet, problem, steps_in};
use super::{Comp, Genre, Level, Progressions};
use crate::Error;
use crate::harmony::numeral;
use crate::score::{Meter, Mode};

const COMMON: Meter = Meter { beats: 4, unit: 4 };

impl Genre {
    /// Everything that can be wrong with a file beyond its shape.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.check_values()?;
        self.check_grooves()?;
        for pattern in [&self.bass.low, &self.bass.middle, &self.bass.high] {
            self.check_pattern(pattern, Alphabet::Bass, COMMON)?;
        }
        for Comp { low, middle, high, .. } in &self.comps {
            for pattern in [low, middle, high] {
                self.check_pattern(pattern, Alphabet::Comp, COMMON)?;
            }
        }
        self.check_progressions(&self.harmony.major, Mode::Major)?;
        self.check_progressions(&self.harmony.minor_mode, Mode::Minor)
    }

    fn check_values(&self) -> Result<(), Error> {
        let tempo = self.tempo;
        let words_are_plain = self.words.iter().all(|word| {
            !word.is_empty() && word.split(' ').all(|part| !part.is_empty()) && *word == word.to_lowercase()
        });
        let faults = [
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
        ];
        match faults.iter().find(|(fault, _)| *fault) {
            Some((_, reason)) => Err(self.wrong(reason)),
            None => Ok(()),
        }
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
        let has = |level| {
            self.grooves
                .iter()
                .any(|groove| groove.meter == "4/4" && groove.energy == level)
        };
        if self.drums_from <= 5.0 && !(has(Level::Middle) && has(Level::Fill)) {
            return Err(self.wrong("drums need at least a middle groove and a fill in 4/4"));
        }
        Ok(())
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
        for progressions in [&table.verse, &table.chorus, &table.bridge] {
            if progressions.is_empty() {
                return Err(self.wrong("verse, chorus and bridge need at least one progression in each mode"));
            }
            for numeral in progressions.iter().flat_map(|line| line.split([' ', '+'])) {
                if numeral::parse(numeral, mode).is_none() {
                    return Err(Error::Numeral {
                        genre: self.name.clone(),
                        numeral: numeral.to_owned(),
                    });
                }
            }
        }
        Ok(())
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
