//! A buyer's request in the band's words.

use busker_band::request::{LyricBlock, Request};
use busker_band::score::Tag;
use busker_core::engine::EngineError;
use busker_core::lyrics::Lyrics;
use busker_core::request::SongRequest;
use busker_core::section::SectionTag;

/// What the band is asked to play.
///
/// # Errors
/// [`EngineError::Permanent`] for lyrics that [`SongRequest::parse`] would have refused.
pub(super) fn band_request(request: &SongRequest) -> Result<Request, EngineError> {
    let lyrics = request
        .sections()
        .map_err(|error| EngineError::Permanent(error.to_string()))?;
    Ok(Request {
        prompt: request.prompt.clone(),
        lyrics: band_lyrics(lyrics),
        instrumental: request.is_instrumental,
        duration: request.duration,
        seed: request.effective_seed(),
    })
}

/// Lyrics in the band's words.
pub(super) fn band_lyrics(lyrics: Lyrics) -> Vec<LyricBlock> {
    let blocks = lyrics.blocks.into_iter().map(|block| LyricBlock {
        tag: block.tag.map(band_tag),
        label: block.label,
        lines: block.lines,
    });
    blocks.collect()
}

fn band_tag(tag: SectionTag) -> Tag {
    match tag {
        SectionTag::Intro => Tag::Intro,
        SectionTag::Verse => Tag::Verse,
        SectionTag::PreChorus => Tag::PreChorus,
        SectionTag::Chorus => Tag::Chorus,
        SectionTag::Interlude => Tag::Interlude,
        SectionTag::Bridge => Tag::Bridge,
        SectionTag::Outro => Tag::Outro,
        SectionTag::PostChorus => Tag::PostChorus,
        SectionTag::Transition => Tag::Transition,
        SectionTag::Break => Tag::Break,
        SectionTag::Hook => Tag::Hook,
        SectionTag::BuildUp => Tag::BuildUp,
        SectionTag::Inst => Tag::Inst,
        SectionTag::Solo => Tag::Solo,
        SectionTag::Drop => Tag::Drop,
    }
}

#[cfg(test)]
mod tests {
    use super::{band_request, band_tag};
    use busker_core::engine::Catalog;
    use busker_core::request::SongRequest;
    use busker_core::section::SectionTag;
    use serde_json::json;

    #[test]
    fn every_tag_keeps_its_name_on_the_way_to_the_band() {
        for tag in SectionTag::ALL {
            assert_eq!(band_tag(tag).name(), tag.name());
        }
    }

    #[test]
    fn the_band_hears_everything_the_buyer_said() {
        let body = json!({
            "prompt": "folk", "lyrics": "[Verse 2]\none\n\ntwo\n[Solo]", "is_instrumental": true, "duration": 30, "seed": 7
        });
        let request = SongRequest::parse(&body, &Catalog::default())
            .expect("a valid request")
            .request;
        let asked = band_request(&request).expect("valid lyrics");
        assert_eq!((asked.prompt.as_str(), asked.instrumental), ("folk", true));
        assert_eq!((asked.duration, asked.seed), (Some(30), 7));
        let labels: Vec<&str> = asked.lyrics.iter().map(|block| block.label.as_str()).collect();
        assert_eq!(labels, ["Verse 2", "Solo"]);
        assert_eq!(asked.lyrics[0].lines, ["one", "two"]);
    }
}
