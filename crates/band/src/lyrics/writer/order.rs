//! Which sections a written song has.

use super::Commission;
use super::stock::{Form, Singing};
use crate::request::LyricBlock;
use crate::score::Tag;

/// A wish of fewer seconds has room for one verse and one chorus.
const SHORT: u32 = 50;
/// A wish of fewer seconds has room for two of each.
const MIDDLING: u32 = 95;
/// A wish of more seconds has room for the genre's long form.
const LONG: u32 = 200;

/// Those the buyer tagged, or the genre's own, as many as a wished duration has room for.
pub(super) fn sections(commission: &Commission<'_>, singing: &Singing, form: Form) -> Vec<LyricBlock> {
    let tagged = commission.sections.iter().filter(|block| block.tag.is_some());
    let given = tagged.cloned().collect::<Vec<_>>();
    if !given.is_empty() {
        return given;
    }
    let order = match commission.duration {
        Some(seconds) if seconds < SHORT => until_refrain(&tags(&form.sections), 1)
            .into_iter()
            .filter(|tag| !matches!(tag, Tag::Intro | Tag::PreChorus))
            .collect(),
        Some(seconds) if seconds < MIDDLING => until_refrain(&tags(&form.sections), 2),
        // A form whose verses have a pattern of their own has no chorus to be long with.
        Some(seconds) if seconds >= LONG && form.verse.is_none() => tags(&singing.long),
        _ => tags(&form.sections),
    };
    order.into_iter().map(block).collect()
}

/// `order` up to its chorus of that number, with a verse before it; where it has none, up to that verse and the next.
fn until_refrain(order: &[Tag], number: usize) -> Vec<Tag> {
    let is_refrain = |tag: &Tag| matches!(tag, Tag::Chorus | Tag::Hook | Tag::Drop);
    let ends = if order.iter().any(is_refrain) {
        places(order, is_refrain)
    } else {
        places(order, |tag| *tag == Tag::Verse).split_off(1)
    };
    let first_verse = order.iter().position(|tag| *tag == Tag::Verse).unwrap_or(0);
    let reached = ends.into_iter().filter(|&at| at > first_verse).nth(number - 1);
    order[..reached.map_or(order.len(), |at| at + 1)].to_vec()
}

fn places(order: &[Tag], is: impl Fn(&Tag) -> bool) -> Vec<usize> {
    (0..order.len()).filter(|&at| is(&order[at])).collect()
}

fn block(tag: Tag) -> LyricBlock {
    LyricBlock {
        tag: Some(tag),
        label: tag.name().to_owned(),
        lines: Vec::new(),
    }
}

/// The tags named in a list; a name that is none is left out, which the tests do not allow in the stock.
pub(super) fn tags(list: &str) -> Vec<Tag> {
    const ALL: [Tag; 15] = [
        Tag::Intro,
        Tag::Verse,
        Tag::PreChorus,
        Tag::Chorus,
        Tag::PostChorus,
        Tag::Hook,
        Tag::Drop,
        Tag::Bridge,
        Tag::Interlude,
        Tag::Transition,
        Tag::Break,
        Tag::BuildUp,
        Tag::Inst,
        Tag::Solo,
        Tag::Outro,
    ];
    let tag = |name: &str| ALL.into_iter().find(|tag| tag.name() == name.trim());
    list.split(',').filter_map(tag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Tag::*;

    #[test]
    fn short_wishes_end_with_a_chorus_or_a_verse() {
        let pop = [Intro, Verse, PreChorus, Chorus, Verse, Chorus, Bridge, Chorus];
        assert_eq!(until_refrain(&pop, 1), pop[..4]);
        assert_eq!(until_refrain(&pop, 2), pop[..6]);
        let rap = [Intro, Chorus, Verse, Chorus, Verse, Chorus];
        assert_eq!(until_refrain(&rap, 1), rap[..4]);
        let folk = [Intro, Verse, Verse, Inst, Verse];
        assert_eq!(until_refrain(&folk, 1), folk[..3]);
        assert_eq!(until_refrain(&folk, 2), folk);
    }
}
