//! Bars, beats and swing: from positions on paper to ticks.

use crate::genre::Feel;
use crate::score::{Meter, TICKS_PER_QUARTER, Tick};

/// Ticks in a sixteenth.
pub(crate) const SIXTEENTH: Tick = TICKS_PER_QUARTER / 4;

/// The short note of a swung pair lasts at least this long, in seconds, so that swing straightens as the tempo rises
/// (Friberg, Sundström: "Swing ratios and ensemble timing in jazz performance", 2002).
const SHORT_SWING_NOTE: f64 = 0.1;

/// The long note lasts at most this long, in seconds, so that swing straightens below 73 BPM too: triplets of a beat that
/// slow are heard as a faster beat of their own, half as fast again as the one asked for.
const LONGEST_SWUNG_NOTE: f64 = 0.55;

/// The bent grid of one song.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grid {
    pub(crate) meter: Meter,
    /// Ticks of a pair of swung notes.
    pair: Tick,
    /// Ticks its first note takes.
    first: Tick,
}

impl Grid {
    pub(crate) fn new(meter: Meter, feel: Feel, tempo: f64) -> Self {
        let pair = if feel.swing_unit == 8 {
            TICKS_PER_QUARTER
        } else {
            TICKS_PER_QUARTER / 2
        };
        let seconds = f64::from(pair) / f64::from(TICKS_PER_QUARTER) * 60.0 / tempo;
        let most = ((seconds - SHORT_SWING_NOTE) / seconds)
            .min(LONGEST_SWUNG_NOTE / seconds)
            .clamp(0.5, 0.78);
        let compound = meter.unit == 8;
        let share = if compound {
            0.5
        } else {
            (f64::from(feel.swing) / 100.0).min(most)
        };
        Self {
            meter,
            pair,
            first: (f64::from(pair) * share) as Tick,
        }
    }

    /// A tick as written to the tick as played. Ascending, and bar lines stay where they are.
    pub(crate) fn swung(&self, tick: Tick) -> Tick {
        let (pairs, within) = (tick / self.pair, tick % self.pair);
        let half = self.pair / 2;
        let moved = if within < half {
            within * self.first / half
        } else {
            self.first + (within - half) * (self.pair - self.first) / half
        };
        pairs * self.pair + moved
    }

    /// How strong a place in the bar is: 1 on the first beat, next to 0 between sixteenths.
    pub(crate) fn weight(&self, tick: Tick) -> f32 {
        let within = tick % self.meter.bar_ticks();
        if within == 0 {
            return 1.0;
        }
        let eighth = TICKS_PER_QUARTER / 2;
        if self.meter.unit == 8 {
            let group = if self.meter.beats.is_multiple_of(3) {
                3 * eighth
            } else {
                TICKS_PER_QUARTER
            };
            return match within {
                within if within % group == 0 => 0.85,
                within if within % eighth == 0 => 0.4,
                within if within % SIXTEENTH == 0 => 0.05,
                _ => 0.0,
            };
        }
        let middle = self.meter.beats.is_multiple_of(2) && within * 2 == self.meter.bar_ticks();
        match within {
            _ if middle => 0.9,
            within if within % TICKS_PER_QUARTER == 0 => 0.75,
            within if within % eighth == 0 => 0.35,
            within if within % SIXTEENTH == 0 => 0.05,
            _ => 0.0,
        }
    }

    /// Ticks of one beat as a musician counts: a dotted quarter in compound metres.
    pub(crate) fn beat(&self) -> Tick {
        if self.meter.unit == 8 && self.meter.beats.is_multiple_of(3) {
            TICKS_PER_QUARTER * 3 / 2
        } else {
            TICKS_PER_QUARTER
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMON: Meter = Meter { beats: 4, unit: 4 };

    #[test]
    fn swing_delays_the_off_beat_and_keeps_the_order() {
        let feel = Feel {
            swing_unit: 8,
            swing: 66.0,
            ..Feel::default()
        };
        let grid = Grid::new(COMMON, feel, 120.0);
        assert_eq!(grid.swung(0), 0);
        assert_eq!(grid.swung(960), 960);
        assert_eq!(grid.swung(480), 633);
        let ticks = (0..3840).map(|tick| grid.swung(tick)).collect::<Vec<_>>();
        assert!(ticks.windows(2).all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn swing_straightens_at_high_tempo() {
        let feel = Feel {
            swing_unit: 8,
            swing: 66.0,
            ..Feel::default()
        };
        assert_eq!(Grid::new(COMMON, feel, 300.0).swung(480), 480);
    }

    #[test]
    fn swing_straightens_where_triplets_would_be_a_beat_of_their_own() {
        let feel = Feel {
            swing_unit: 8,
            swing: 66.0,
            ..Feel::default()
        };
        let played = |tempo| Grid::new(COMMON, feel, tempo).swung(480);
        assert_eq!(played(80.0), 633);
        assert_eq!(played(60.0), 528);
        assert_eq!(played(40.0), 480);
    }

    #[test]
    fn the_first_beat_is_the_strongest_in_every_metre() {
        for (beats, unit) in [(4, 4), (3, 4), (6, 8), (7, 8), (5, 4)] {
            let grid = Grid::new(Meter { beats, unit }, Feel::default(), 100.0);
            assert!((1..grid.meter.bar_ticks()).all(|tick| grid.weight(tick) < grid.weight(0)));
        }
    }
}
