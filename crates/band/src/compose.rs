//! From a request to a score: each stage a function, plain data between, nothing looks back.
//!
//! request → brief → lyrics → form → harmony → melody → parts → score

use busker_voice::pronounce::Language;

use crate::brief::{Brief, brief};
use crate::form::{Form, Part, form};
use crate::genre::Ending;
use crate::grid::Grid;
use crate::harmony::harmony;
use crate::lyrics::{self, Commission, Stanza, Written};
use crate::melody::melody;
use crate::parts::{Stage, parts};
use crate::request::{LyricBlock, Request};
use crate::rng::Rng;
use crate::score::{MixPlan, Score, TempoChange};
use crate::vocals::{self, Arrangement};

/// Writes the song that was asked for.
///
/// Any request gives a complete song of at most six minutes; the same request gives the same score.
pub fn compose(request: &Request) -> Score {
    let mut brief = brief(request);
    let seed = Rng::seed(request.seed, &request.prompt);
    let Words { title, blocks, stanzas } = words(request, &mut brief, seed);
    let tagged = blocks.iter().any(|block| block.tag.is_some());
    let title = brief.title.clone().or(title);
    let title = title.unwrap_or_else(|| crate::title::title(&blocks, &brief, &request.prompt, seed));
    let form = form(stanzas, &brief, tagged, brief.duration, seed);
    let grid = Grid::new(brief.meter, brief.style.rhythm.feel, brief.tempo);
    let chords = harmony(&form, &brief, seed);
    let melody = melody(&form, &chords, &brief, grid, seed);
    let (vocals, asides) = (melody.vocals.clone(), melody.asides.clone());
    let Arrangement {
        voices,
        decisions: arranged,
    } = vocals::arrange(vocals::Stage {
        form: &form,
        chords: &chords,
        brief: &brief,
        grid,
        lines: &vocals,
        asides: &asides,
        seed,
    });
    let tracks = parts(
        Stage {
            form: &form,
            chords: &chords,
            brief: &brief,
            grid,
            seed,
        },
        melody,
    );
    let tempo_map = tempo_map(&form, &brief);
    let Brief {
        tempo,
        key,
        meter,
        style,
        mut singers,
        mut decisions,
        mut warnings,
        ..
    } = brief.clone();
    warnings.extend(form.warnings);
    decisions.extend(arranged);
    if vocals.is_empty() {
        singers.clear(); // only sections without words were asked for
    }
    Score {
        title,
        seed: request.seed,
        tempo,
        tempo_map,
        key,
        meter,
        genres: style.names.clone(),
        sections: form.parts.into_iter().map(|part| part.section).collect(),
        chords,
        tracks,
        vocals,
        singers,
        backing: voices,
        mix: mix(&brief),
        decisions,
        warnings,
    }
}

/// Whether the band would write words of its own for this request: it sings, and nothing it was given can be sung.
pub fn wants_words(request: &Request) -> bool {
    let language = lyrics::language(&request.lyrics);
    !brief(request).is_instrumental() && !can_be_sung(&lyrics::stanzas(&request.lyrics, language, true))
}

/// The words of a song, as they are set.
struct Words {
    /// What the band's own writer calls the song.
    title: Option<String>,
    blocks: Vec<LyricBlock>,
    stanzas: Vec<Stanza>,
}

/// The lyrics to set: those given, or the band's own where words are wanted and none came.
fn words(request: &Request, brief: &mut Brief, seed: u64) -> Words {
    let language = lyrics::language(&request.lyrics);
    let given = Words {
        title: None,
        blocks: request.lyrics.clone(),
        stanzas: lyrics::stanzas(&request.lyrics, language, !brief.is_instrumental()),
    };
    if brief.is_instrumental() {
        return given;
    }
    if can_be_sung(&given.stanzas) {
        brief.warnings.extend(lyrics::warnings(&request.lyrics, language));
        return given;
    }
    brief
        .warnings
        .push("no lyrics were given, so the band wrote them".to_owned());
    let Written { title, blocks } = lyrics::write(&Commission {
        prompt: &request.prompt,
        sections: &request.lyrics,
        genres: &brief.style.names,
        tempo: brief.tempo,
        brightness: brief.mood.brightness,
        duration: brief.duration,
        seed,
    });
    let sung = blocks.iter().any(|block| !block.lines.is_empty());
    Words {
        title: sung.then_some(title),
        stanzas: lyrics::stanzas(&blocks, Language::English, true),
        blocks,
    }
}

fn can_be_sung(stanzas: &[Stanza]) -> bool {
    stanzas.iter().any(|stanza| !stanza.lines.is_empty())
}

/// Parts of the usual tempo in the quarters of a last bar that broadens (Friberg, Sundberg: "Does music performance allude
/// to locomotion? A model of final ritardandi", 1999: the tempo falls ever faster towards the end).
const RITARDANDO: [f64; 4] = [0.97, 0.92, 0.86, 0.78];

/// One tempo throughout; where the song ends in a ritardando, the bar before the last chord broadens.
fn tempo_map(form: &Form, brief: &Brief) -> Vec<TempoChange> {
    let mut map = vec![TempoChange {
        tick: 0,
        bpm: brief.tempo,
    }];
    let broadens = |part: &&Part| form.ending == Ending::Ritardando && part.section.bars > 2;
    if let Some(last) = form.parts.last().filter(broadens) {
        let bar = brief.meter.bar_ticks();
        let from = last.section.start + (last.section.bars - 2) * bar;
        map.extend(RITARDANDO.iter().zip(0..).map(|(share, quarter)| TempoChange {
            tick: from + bar / 4 * quarter,
            bpm: brief.tempo * share,
        }));
    }
    map
}

/// The genre's mix, bent by the mood.
fn mix(brief: &Brief) -> MixPlan {
    let mut mix = brief.style.rhythm.mix.clone();
    let mood = brief.mood;
    mix.reverb_seconds *= 1.0 + 0.35 * mood.space;
    mix.reverb_level += 2.0 * mood.space;
    mix.brightness += 1.2 * mood.brightness;
    mix.width += 1.0 * mood.space;
    mix
}
