//! Chords by bars, as on a lead sheet.

use crate::score::{Score, Section, TICKS_PER_QUARTER, Tick};

impl Score {
    /// The chords of `section` with a bar line between bars: "Am | F | C G | Am". A chord that lasts is written again in
    /// each bar, so that bars can be counted.
    pub fn chord_chart(&self, section: &Section) -> String {
        let bars = self.bars_of(section).map(|bar| {
            let chords = self.chords_in_bar(bar);
            chords.map(|(_, name)| name).collect::<Vec<_>>().join(" ")
        });
        bars.collect::<Vec<_>>().join(" | ")
    }

    /// The first tick of each bar of `section`.
    pub(super) fn bars_of(&self, section: &Section) -> impl Iterator<Item = Tick> + use<> {
        let (start, length) = (section.start, self.meter.bar_ticks());
        (0..section.bars).map(move |bar| start + bar * length)
    }

    /// The chords of the bar that begins at `bar`, each with the beat it comes on, counted from 0.
    pub(super) fn chords_in_bar(&self, bar: Tick) -> impl Iterator<Item = (u32, &str)> {
        let beat = self.beat_ticks();
        let beats = u32::from(self.meter.beats);
        let mut before: Option<&str> = None;
        let spans = self.chords.iter().map(move |chord| {
            let onset = |tick: Tick| (tick + beat / 2) / beat * beat;
            (
                onset(chord.start),
                onset(chord.start + chord.length),
                chord.name.as_str(),
            )
        });
        spans
            .filter(move |(from, to, _)| *from < bar + beats * beat && *to > bar)
            .map(move |(from, _, name)| (from.saturating_sub(bar) / beat, name))
            .filter(move |(_, name)| before.replace(name) != Some(name))
    }

    /// The unit of the time signature. Chords come on beats; one that is pushed by less belongs to the beat it leads to.
    pub(super) fn beat_ticks(&self) -> Tick {
        TICKS_PER_QUARTER * 4 / u32::from(self.meter.unit)
    }
}
