//! From a song to the file a buyer gets.
//!
//! Whatever the format, the file is heard before it leaves: its loudness and true peak are measured on what a player
//! will play (an MP3 is decoded for that), and where resampling or the codec pushed a peak over [`PEAK_LIMIT`] the song
//! is made softer at that place and written again.

mod delivery;
#[cfg(feature = "mp3")]
mod frames;
mod id3_tag;
#[cfg(feature = "mp3")]
mod info_frame;
#[cfg(feature = "mp3")]
mod mp3;
mod pcm;
#[cfg(feature = "mp3")]
mod playback;
#[cfg(feature = "mp3")]
mod splice;
mod stems;
mod sung_words;
mod wav;

use std::borrow::Cow;

use busker_core::request::{AudioFormat, SongRequest};
use busker_core::song::Song;

use crate::cover::Cover;
use crate::error::EncodeError;
use crate::sound::meter::loudness;
use crate::sound::resample::resample;

pub use stems::{encode_stem, stem_gain};

/// No delivered file has a true peak above this, in dBTP.
pub const PEAK_LIMIT: f64 = -1.0;

/// Who plays, in every file's tags.
const ARTIST: &str = "busker";
/// Stands in every file's tags.
const COMMENT: &str = "made by busker";

/// What the file should be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileSpec {
    /// File format.
    pub format: AudioFormat,
    /// In hertz.
    pub sample_rate: u32,
    /// In bits a second; used by MP3 only.
    pub bitrate: u32,
}

impl FileSpec {
    /// What `request` asks for.
    pub fn of(request: &SongRequest) -> Self {
        Self {
            format: request.audio_format,
            sample_rate: request.sample_rate,
            bitrate: request.bitrate,
        }
    }
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// What it is.
    pub format: AudioFormat,
    /// In hertz.
    pub sample_rate: u32,
    /// In bits a second, as the file has it.
    pub bitrate: u32,
    /// Length in frames at [`Encoded::sample_rate`], without what an MP3 encoder adds at both ends.
    pub frames: u64,
    /// A sentence for the buyer where the file differs from what was asked for.
    pub note: Option<String>,
}

impl Encoded {
    /// Length in seconds.
    pub fn duration_seconds(&self) -> f64 {
        self.frames as f64 / f64::from(self.sample_rate)
    }
}

/// The formats this program was built with.
pub fn formats() -> impl Iterator<Item = AudioFormat> {
    AudioFormat::ALL
        .into_iter()
        .filter(|format| *format != AudioFormat::Mp3 || cfg!(feature = "mp3"))
}

/// Writes `song` as a file with its tags. Slow (about a hundredth of the song's length); the same song and
/// specification give the same bytes.
///
/// # Errors
/// [`EncodeError`]; none of its causes lies with the buyer's request.
pub fn encode(song: &Song, spec: &FileSpec) -> Result<Encoded, EncodeError> {
    encode_with_cover(song, spec, None)
}

/// The same with `cover` in the tag, in formats that have one.
pub(crate) fn encode_with_cover(song: &Song, spec: &FileSpec, cover: Option<&Cover>) -> Result<Encoded, EncodeError> {
    if song.rate == 0 {
        return Err(EncodeError::NoSampleRate);
    }
    let whole_frames = &song.samples[..song.samples.len() / 2 * 2];
    let wanted_loudness = loudness(whole_frames, song.rate)?;
    let samples: Cow<'_, [f32]> = if spec.sample_rate == song.rate {
        Cow::Borrowed(whole_frames)
    } else {
        Cow::Owned(resample(whole_frames, song.rate, spec.sample_rate))
    };
    let master = delivery::Master {
        samples: &samples,
        rate: spec.sample_rate,
        wanted_loudness,
    };
    match spec.format {
        AudioFormat::Mp3 => mp3(song, spec, &master, cover),
        AudioFormat::Wav => {
            let sound = master.deliver(&pcm::Pcm { seed: song.facts.seed })?;
            let tag = id3_tag::write(song, cover)?;
            let file = wav::with_header(&sound, spec.sample_rate, &song.facts, &tag);
            Ok(uncompressed(spec, &master, file))
        }
        AudioFormat::Pcm => {
            let sound = master.deliver(&pcm::Pcm { seed: song.facts.seed })?;
            Ok(uncompressed(spec, &master, sound))
        }
    }
}

fn uncompressed(spec: &FileSpec, master: &delivery::Master<'_>, bytes: Vec<u8>) -> Encoded {
    Encoded {
        bytes,
        format: spec.format,
        sample_rate: spec.sample_rate,
        bitrate: spec.sample_rate * pcm::BYTES_A_FRAME * 8,
        frames: master.frames(),
        note: None,
    }
}

#[cfg(feature = "mp3")]
fn mp3(
    song: &Song,
    spec: &FileSpec,
    master: &delivery::Master<'_>,
    cover: Option<&Cover>,
) -> Result<Encoded, EncodeError> {
    let stream = mp3::Stream::nearest(spec.sample_rate, spec.bitrate);
    let mut bytes = id3_tag::write(song, cover)?;
    bytes.extend(master.deliver(&stream)?);
    Ok(Encoded {
        bytes,
        format: AudioFormat::Mp3,
        sample_rate: stream.sample_rate,
        bitrate: stream.bitrate,
        frames: master.frames(),
        note: stream.note(spec),
    })
}

#[cfg(not(feature = "mp3"))]
fn mp3(_: &Song, spec: &FileSpec, _: &delivery::Master<'_>, _: Option<&Cover>) -> Result<Encoded, EncodeError> {
    Err(EncodeError::FormatLeftOut(spec.format))
}
