//! Making the song as long as it should be: instrumental bars come and go, words stay.

use super::{Draft, LONGEST, RINGING, Spacing, draft_bars, played};
use crate::lyrics::Line;
use crate::score::{Meter, Tag};

/// A song of words that nobody gave a length is stretched to about this many seconds where that sounds natural.
const SHORT: f64 = 85.0;

/// The shortest song, in seconds, unless less is asked for.
const LEAST: f64 = 20.0;

/// The drafts at their final lengths.
pub(super) struct Fitted {
    pub(super) drafts: Vec<Draft>,
    pub(super) spacing: Spacing,
    pub(super) warnings: Vec<String>,
}

/// Brings the song near `duration`, and under the longest song in any case.
pub(super) fn fit(drafts: Vec<Draft>, bar: f64, meter: Meter, duration: Option<u32>) -> Fitted {
    let spacing = Spacing {
        line_bars: usual_line_bars(&drafts, bar),
        answers: false,
        rests: true,
    };
    let mut song = Song {
        drafts,
        spacing,
        bar,
        meter,
        warnings: Vec::new(),
    };
    match duration {
        Some(seconds) => song.aim_at(played(seconds)),
        None if song.seconds() < SHORT => song.space_out(SHORT, 1.0),
        None => {}
    }
    if duration.is_none_or(|seconds| f64::from(seconds) >= LEAST) {
        song.keep_above(LEAST);
    }
    let over = song.seconds() > LONGEST;
    song.keep_within(LONGEST);
    let lasts = song.seconds() + RINGING;
    if let Some(wanted) = duration
        .map(f64::from)
        .filter(|wanted| (lasts / wanted - 1.0).abs() > 0.15)
    {
        let reason = why(lasts > wanted, song.has_words(), over);
        song.warnings
            .push(format!("the song lasts {lasts:.0} s instead of {wanted:.0}: {reason}"));
    }
    Fitted {
        drafts: song.drafts,
        spacing: song.spacing,
        warnings: song.warnings,
    }
}

/// Why a song is `longer` or shorter than wished; `over` tells that it would have been too long for any song.
fn why(longer: bool, has_words: bool, over: bool) -> &'static str {
    match (longer, has_words, over) {
        (true, true, true) => "words are never cut, and no song exceeds six minutes",
        (_, _, true) => "no song exceeds six minutes",
        (true, true, false) => "words are never cut",
        (true, false, false) => "its sections are as short as they can be",
        (false, _, false) => "its sections are as long as they can be",
    }
}

struct Song {
    drafts: Vec<Draft>,
    spacing: Spacing,
    bar: f64,
    meter: Meter,
    warnings: Vec<String>,
}

impl Song {
    fn bars(&self) -> u32 {
        self.drafts
            .iter()
            .map(|draft| draft_bars(draft, self.spacing, self.meter, self.bar))
            .sum()
    }

    fn seconds(&self) -> f64 {
        f64::from(self.bars()) * self.bar
    }

    fn has_words(&self) -> bool {
        self.drafts.iter().any(|draft| !draft.lines.is_empty())
    }

    /// Answers after each line, where that does not overshoot by more than the factor; then more bars where no one sings.
    fn space_out(&mut self, target: f64, overshoot: f64) {
        if self.has_words() {
            self.spacing.answers = true;
            self.spacing.answers = self.seconds() <= target * overshoot;
        }
        self.lengthen(target, 8);
    }

    fn aim_at(&mut self, target: f64) {
        if self.seconds() > target {
            self.shorten(target);
            while self.seconds() > target * 1.1 && self.spacing.line_bars > 1 && self.has_words() {
                self.spacing.line_bars /= 2;
            }
        }
        if self.seconds() < target * 0.8 {
            self.space_out(target, 1.05);
        }
        self.lengthen(target, 16);
        if self.seconds() < target * 0.9 {
            self.add_sections(target);
        }
    }

    /// Gives sections without words more bars, two at a time and the shortest first, as long as that comes nearer to
    /// the target. Where only a few long bars are wanted, every single one counts.
    fn lengthen(&mut self, target: f64, most: u32) {
        let step = if self.bar > LONG_BAR && target < FEW_BARS * self.bar {
            1
        } else {
            2
        };
        let nearer = |now: f64, longer: f64| now < target && longer / target < target / now;
        while nearer(self.seconds(), self.seconds() + f64::from(step) * self.bar) {
            let open = self
                .drafts
                .iter_mut()
                .filter(|draft| draft.lines.is_empty() && draft.free < limit(draft.tag, most));
            let Some(draft) = open.min_by_key(|draft| draft.free) else {
                break;
            };
            draft.free += step;
        }
    }

    /// Takes bars away where no one sings, two at a time and the longest first.
    fn shorten(&mut self, target: f64) {
        let bar = self.bar;
        while self.seconds() > target {
            let spare = |draft: &Draft| draft.free.saturating_sub(least(draft, bar)) + draft.lead_in.saturating_sub(1);
            let open = self.drafts.iter_mut().filter(|draft| spare(draft) > 0);
            let Some(draft) = open.max_by_key(|draft| spare(draft)) else {
                break;
            };
            if draft.free > least(draft, bar) {
                draft.free = draft.free.saturating_sub(2).max(least(draft, bar));
            } else {
                draft.lead_in = 1;
            }
        }
    }

    /// Instrumental sections before the last chorus, or before the end: they rest and climb, so that minutes without
    /// words have a shape of their own.
    fn add_sections(&mut self, target: f64) {
        let order = [
            Tag::Solo,
            Tag::Interlude,
            Tag::Inst,
            Tag::Break,
            Tag::Bridge,
            Tag::BuildUp,
        ];
        for tag in order.into_iter().cycle().take(24) {
            if self.seconds() >= target * 0.95 {
                break;
            }
            let missing = ((target - self.seconds()) / self.bar) as u32;
            if missing == 0 {
                break;
            }
            let free = (missing / 2 * 2).clamp(2, limit(tag, 16));
            let lift = self
                .drafts
                .iter()
                .rposition(|draft| super::is_lift(draft.tag) && !draft.lines.is_empty());
            let at = lift
                .unwrap_or(self.drafts.len().saturating_sub(1))
                .max(usize::from(self.drafts.len() > 1));
            let label = tag.name().to_owned();
            self.drafts.insert(
                at,
                Draft {
                    tag,
                    label,
                    lines: Vec::new(),
                    lead_in: 0,
                    free,
                    crammed: None,
                },
            );
        }
    }

    /// However fast and however few the words, a song is not over at once: its lines get more bars, then its sections
    /// without words, then the end of the last one.
    fn keep_above(&mut self, least: f64) {
        while self.seconds() < least && self.spacing.line_bars < 8 && self.has_words() {
            self.spacing.line_bars *= 2;
        }
        self.lengthen(least, 16);
        while self.seconds() < least {
            let Some(last) = self.drafts.last_mut() else { break };
            last.free += 1;
        }
    }

    /// Whatever is asked, a song ends within the limit: fewer instrumental bars, then denser lines, then lines without
    /// a grid of their own, and only then fewer sections.
    fn keep_within(&mut self, limit: f64) {
        if self.seconds() <= limit {
            return;
        }
        self.spacing.answers = false;
        self.shorten(limit);
        if self.seconds() > limit {
            self.spacing.rests = false;
        }
        while self.seconds() > limit && self.spacing.line_bars > 1 {
            self.spacing.line_bars /= 2;
        }
        if self.seconds() > limit {
            self.cram((limit / self.bar) as u32);
        }
    }

    /// Shares `bars` among the sections by their words. Sections that find no bar of their own join the last that does.
    fn cram(&mut self, bars: u32) {
        let bars = bars.max(1);
        if self.drafts.len() > bars as usize {
            let reason = "there are more sections than fit into six minutes at this tempo; the last ones were joined";
            self.warnings.push(reason.to_owned());
            let surplus = self.drafts.split_off(bars as usize);
            if let Some(last) = self.drafts.last_mut() {
                last.lines.extend(surplus.into_iter().flat_map(|draft| draft.lines));
            }
        }
        if self.has_words() {
            self.warnings
                .push("there are very many words for the tempo; they are sung close together".to_owned());
        }
        let weight = |draft: &Draft| draft.lines.iter().map(|line| line.notes() + 1).sum::<usize>() as f64;
        let total = self.drafts.iter().map(weight).sum::<f64>().max(1.0);
        let spare = bars - self.drafts.len() as u32;
        for draft in &mut self.drafts {
            let share = (f64::from(spare) * weight(draft) / total) as u32;
            draft.lead_in = 0;
            draft.crammed = Some(1 + share);
        }
    }
}

/// Bars a line of the song's usual length gets: 1, 2 or 4, so that it takes about as long as it would to sing it calmly.
fn usual_line_bars(drafts: &[Draft], bar: f64) -> u32 {
    let mut counts = drafts
        .iter()
        .flat_map(|draft| &draft.lines)
        .map(Line::notes)
        .collect::<Vec<_>>();
    counts.sort_unstable();
    let Some(&median) = counts.get(counts.len() / 2) else {
        return 2;
    };
    let calm = 0.36 * median as f64 + 1.2;
    let cost = |(bars, reluctance): &(u32, f64)| {
        let ratio = f64::from(*bars) * bar / calm;
        ratio.max(1.0 / ratio) - 1.0 + reluctance
    };
    let choices = [(1, 0.3), (2, 0.0), (4, 0.1)];
    choices
        .into_iter()
        .min_by(|a, b| cost(a).total_cmp(&cost(b)))
        .map_or(2, |(bars, _)| bars)
}

/// Most bars a section without words is stretched to.
fn limit(tag: Tag, most: u32) -> u32 {
    match tag {
        Tag::Transition => 2,
        Tag::Break => 4,
        Tag::Intro | Tag::Outro | Tag::Interlude | Tag::BuildUp => most.min(8),
        _ => most,
    }
}

/// A bar of so many seconds is a phrase by itself.
const LONG_BAR: f64 = 2.6;

/// A song of fewer long bars than this is not counted in pairs of them.
const FEW_BARS: f64 = 12.0;

/// Fewest bars a section without words keeps.
fn least(draft: &Draft, bar: f64) -> u32 {
    match draft.tag {
        _ if !draft.lines.is_empty() => 0,
        Tag::Transition => 1,
        _ if bar > LONG_BAR => 1,
        _ => 2,
    }
}
