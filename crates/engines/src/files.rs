//! Everything a buyer gets for one song, in one call.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::thread;

use busker_core::request::SongRequest;
use busker_core::song::Song;

use crate::cover::cover;
use crate::encode::{Encoded, FileSpec, encode_with_cover};
use crate::error::EncodeError;
use crate::peaks::peaks;

/// Files ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedFiles {
    /// The song itself, in the format asked for.
    pub main: Encoded,
    /// Files that lie beside it, by extension: "cho", "lrc", "mid", "peaks.json", "png" and "svg".
    pub extras: BTreeMap<&'static str, Vec<u8>>,
}

/// Encodes `song` as `request` asks and makes the small files beside it. Blocks for seconds: call it on a thread of
/// its own. The note of [`Encoded::note`] belongs among the song's warnings.
///
/// # Errors
/// [`EncodeError`] when the main file cannot be written; the others always can.
pub fn finish(song: &Song, request: &SongRequest) -> Result<FinishedFiles, EncodeError> {
    let (main, outline, cover) = thread::scope(|scope| {
        let outline = scope.spawn(|| peaks(song).to_string().into_bytes());
        // A song without a picture is still a song.
        let cover = cover(song).ok();
        let main = encode_with_cover(song, &FileSpec::of(request), cover.as_ref());
        (main, outline.join().unwrap_or_else(|panic| resume_unwind(panic)), cover)
    });
    let main = main?;
    let mut extras = BTreeMap::from([("peaks.json", outline)]);
    if let Some(cover) = cover {
        extras.insert("png", cover.png);
        extras.insert("svg", cover.svg.into_bytes());
    }
    if let Some(lrc) = &song.lrc {
        extras.insert("lrc", lrc.clone().into_bytes());
    }
    if let Some(chordpro) = &song.chordpro {
        extras.insert("cho", chordpro.clone().into_bytes());
    }
    if let Some(midi) = &song.midi {
        extras.insert("mid", midi.clone());
    }
    Ok(FinishedFiles { main, extras })
}

/// The media type of one of [`FinishedFiles::extras`].
pub fn extra_media_type(extension: &str) -> Option<&'static str> {
    match extension {
        "cho" | "lrc" => Some("text/plain; charset=utf-8"),
        "mid" => Some("audio/midi"),
        "peaks.json" => Some("application/json"),
        "png" => Some("image/png"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}
