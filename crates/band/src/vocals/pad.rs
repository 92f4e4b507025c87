//! Held vowels on the chords: three singers who never have words.

use busker_voice::phone::Phone;

use super::{Arrangement, BREATH, Stage, colour_beside, voice};
use crate::form::Part;
use crate::genre::Vowel;
use crate::harmony::chord_at;
use crate::melody::Range;
use crate::score::{BackingRole, BackingVoice, Chord, Delivery, Singer, SungNote, Tag, Tick, VocalLine, Voice};

/// Name, kind, pitch they circle around, and place of the three, the highest first.
const SINGERS: [(&str, Voice, i32, f32); 3] = [
    ("pad-high", Voice::Female, 67, 0.5),
    ("pad-middle", Voice::Female, 62, -0.5),
    ("pad-low", Voice::Male, 55, 0.1),
];

/// The longest a breath lasts, seconds.
const LONGEST_BREATH: f64 = 6.0;

/// Joins in sections of enough energy where the genre wants it.
pub(super) fn join(stage: Stage<'_>, lead: Singer, arrangement: &mut Arrangement) {
    let table = &stage.brief.style.rhythm.vocals;
    let mut rng = stage.rng("pad");
    let Some(vowel) = rng.pick(&table.pads).copied() else {
        return;
    };
    if lead.choir || lead.delivery == Delivery::Whispered {
        return;
    }
    let parts: Vec<(usize, &Part)> = stage.form.parts.iter().enumerate().collect();
    let held = parts.into_iter().filter(|(_, part)| {
        let rests = matches!(
            part.section.tag,
            Tag::Break | Tag::Transition | Tag::BuildUp | Tag::Solo | Tag::Intro
        );
        !rests && !part.crammed && part.section.energy >= table.pads_from
    });
    let held: Vec<(usize, &Part)> = held.collect();
    let mut singers = SINGERS.map(|(name, kind, _, pan)| BackingVoice {
        delivery: Delivery::Soft,
        pan,
        ..voice(
            name,
            BackingRole::Pad,
            kind,
            colour_beside(&stage.brief.singers, kind) + u8::from(name == "pad-middle"),
        )
    });
    let mut now = SINGERS.map(|(_, _, centre, _)| centre);
    for (index, part) in held {
        for (start, end) in breaths(stage, part) {
            let chords = sounding(stage.chords, start, end);
            let mut lines = [const { Vec::new() }; 3];
            for (from, to, chord) in chords {
                now = led(now, chord);
                for (line, pitch) in lines.iter_mut().zip(now) {
                    hold(line, from, to, pitch, vowel);
                }
            }
            for (singer, notes) in singers.iter_mut().zip(lines) {
                singer.lines.push(breathed(notes, index, vowel));
            }
        }
    }
    if singers.iter().any(|singer| !singer.lines.is_empty()) {
        arrangement.note(
            format!("backing voices hold \"{}\"", letters(vowel)),
            format!("usual for {}", stage.label()),
        );
    }
    arrangement.voices.extend(singers);
}

/// The stretches of a section that are held in one breath: whole bars.
fn breaths(stage: Stage<'_>, part: &Part) -> Vec<(Tick, Tick)> {
    let bar = stage.grid.meter.bar_ticks();
    let seconds = f64::from(bar) / f64::from(crate::score::TICKS_PER_QUARTER) * 60.0 / stage.brief.tempo;
    let bars = if seconds * 4.0 <= LONGEST_BREATH {
        4
    } else if seconds * 2.0 <= LONGEST_BREATH {
        2
    } else {
        1
    };
    let starts = (0..part.section.bars).step_by(bars as usize);
    starts
        .map(|first| {
            let last = (first + bars).min(part.section.bars);
            (part.section.start + first * bar, part.section.start + last * bar)
        })
        .collect()
}

/// Each chord between two ticks, with where it begins and ends there.
fn sounding(chords: &[Chord], start: Tick, end: Tick) -> Vec<(Tick, Tick, &Chord)> {
    let mut stretches: Vec<(Tick, Tick, &Chord)> = Vec::new();
    let mut at = start;
    while at < end {
        let Some(chord) = chord_at(chords, at) else { break };
        let until = (chord.start + chord.length).clamp(at + 1, end);
        match stretches.last_mut() {
            Some(last) if last.2.name == chord.name => last.1 = until,
            _ => stretches.push((at, until, chord)),
        }
        at = until;
    }
    stretches
}

/// The nearest tones of a chord for three voices: none moves far, none takes another's tone, none crosses.
fn led(now: [i32; 3], chord: &Chord) -> [i32; 3] {
    let mut next = now;
    let mut above = i32::MAX;
    for (at, (_, kind, centre, _)) in SINGERS.into_iter().enumerate() {
        let range = Range::of_voice(kind);
        let cost = |pitch: &i32| 2 * (pitch - now[at]).abs() + (pitch - centre).abs();
        let free = (range.low..=range.high).filter(|pitch| *pitch < above && chord.contains(*pitch));
        next[at] = free.min_by_key(cost).unwrap_or(now[at]);
        above = next[at];
    }
    next
}

/// Goes on with the vowel: the same note longer, or another one bound to it.
fn hold(notes: &mut Vec<SungNote>, from: Tick, to: Tick, pitch: i32, vowel: Vowel) {
    let pitch = pitch.clamp(0, 127) as u8;
    match notes.last_mut() {
        Some(last) if last.pitch == pitch => last.length = to - last.start,
        last => {
            let begins = last.is_none();
            notes.push(SungNote {
                syllable: if begins {
                    letters(vowel).to_owned()
                } else {
                    String::new()
                },
                phones: if begins { vec![phone(vowel)] } else { Vec::new() },
                word: 0,
                part: 0,
                stress: 0.5,
                start: from,
                length: to - from,
                pitch,
                velocity: 0.6,
            });
        }
    }
}

/// A line that leaves an eighth to breathe at its end.
fn breathed(mut notes: Vec<SungNote>, section: usize, vowel: Vowel) -> VocalLine {
    if let Some(last) = notes.last_mut() {
        last.length = last.length.saturating_sub(BREATH).max(last.length / 2).max(1);
    }
    VocalLine {
        text: letters(vowel).to_owned(),
        section,
        singers: Vec::new(),
        notes,
    }
}

fn letters(vowel: Vowel) -> &'static str {
    match vowel {
        Vowel::Ooh => "ooh",
        Vowel::Aah => "aah",
    }
}

fn phone(vowel: Vowel) -> Phone {
    match vowel {
        Vowel::Ooh => Phone::UW,
        Vowel::Aah => Phone::AA,
    }
}
