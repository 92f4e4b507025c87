//! How a section grows within itself, so that sixteen bars are not one bar sixteen times.

use super::Part;
use crate::genre::Ending;
use crate::score::Tag;

/// Bars over which a long section rises before it takes a breath.
const SWELL: u32 = 8;

/// What the swells of a very long section add, one after the other: up, up, a step back, higher.
const SWELLS: [f32; 8] = [-0.1, 0.3, 0.6, 0.0, 0.5, 0.9, -0.3, 0.5];

impl Part {
    /// The energy of one bar: the section's own, bent by where the bar stands in it.
    pub(crate) fn energy_at(&self, bar: u32) -> f32 {
        let bars = self.section.bars;
        let through = (f64::from(bar) / f64::from(bars.max(1))) as f32;
        let bent = match self.section.tag {
            Tag::BuildUp => 2.0 * through - 0.8,
            Tag::PreChorus => 0.4 * through - 0.1,
            Tag::Break | Tag::Transition | Tag::Drop => 0.0,
            Tag::Outro => -0.5 * through,
            _ if bars >= 3 * SWELL => SWELLS[(bar / SWELL) as usize % SWELLS.len()],
            _ if bars >= 2 * SWELL => [-0.1, 0.45][usize::from(through >= 0.5)],
            _ if bars >= SWELL => [-0.12, 0.2][usize::from(through >= 0.5)],
            _ => 0.0,
        };
        (self.section.energy + bent).clamp(0.0, 5.0)
    }
}

/// What the way a song ends adds to its outro: only what is cut off or faded is still going on.
pub(super) fn of_outro(ending: Ending) -> f32 {
    match ending {
        Ending::ColdStop => 2.2,
        Ending::Fade => 1.4,
        Ending::Tag => 0.6,
        Ending::RingOut => 0.3,
        Ending::Ritardando => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Section;

    fn part(tag: Tag, bars: u32) -> Part {
        let section = Section {
            tag,
            label: String::new(),
            start: 0,
            bars,
            energy: 2.0,
        };
        Part {
            section,
            lines: Vec::new(),
            occurrence: 0,
            is_last_lift: false,
            lead_in: 0,
            crammed: false,
        }
    }

    #[test]
    fn a_verse_of_120_bars_rises_and_rests() {
        let verse = part(Tag::Verse, 120);
        let levels = (0..120).map(|bar| verse.energy_at(bar)).collect::<Vec<_>>();
        let (low, high) = (
            levels.iter().copied().fold(f32::MAX, f32::min),
            levels.iter().copied().fold(0.0, f32::max),
        );
        assert!(high - low > 1.0);
        let changes = levels.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(changes >= 10, "{changes}");
    }

    #[test]
    fn a_build_up_climbs_from_bar_to_bar() {
        let build = part(Tag::BuildUp, 8);
        assert!((1..8).all(|bar| build.energy_at(bar) > build.energy_at(bar - 1)));
    }
}
