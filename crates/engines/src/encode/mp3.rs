//! MP3 by LAME: constant bit rate, joint stereo. A long song is encoded in several stretches at once.

use busker_band::perform::{self, Threads};
use mp3lame_encoder::{Bitrate, Builder, Encoder, FlushGap, InterleavedPcm, Mode, Quality, VbrMode};

use super::FileSpec;
use super::delivery::Format;
use super::splice::{Stretch, join};
use super::{info_frame, playback};
use crate::error::EncodeError;

/// The highest bit rate of MPEG-2 layer III, which is what rates below 32 kHz are (ISO/IEC 13818-3, 2.4.2.3).
const MPEG2_MOST: u32 = 160_000;
/// Frames given to LAME at once.
const BLOCK: usize = 1152 * 32;
/// Seconds of a song that one thread encodes at a time. What a song is cut into depends on its length alone.
const STRETCH_SECONDS: u64 = 40;
/// Frames LAME puts before the music (`ENCDELAY` in its `encoder.h`).
pub(super) const ENCODER_DELAY: u64 = 576;

/// A combination of sample rate and bit rate that MP3 allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stream {
    /// In hertz.
    pub(super) sample_rate: u32,
    /// In bits a second.
    pub(super) bitrate: u32,
}

impl Stream {
    /// The allowed combination nearest to what was asked for.
    pub(super) fn nearest(sample_rate: u32, bitrate: u32) -> Self {
        let stream = Self { sample_rate, bitrate };
        let bitrate = if stream.is_mpeg1() {
            bitrate
        } else {
            bitrate.min(MPEG2_MOST)
        };
        Self { sample_rate, bitrate }
    }

    /// MPEG-1 from 32 kHz on, MPEG-2 below.
    pub(super) fn is_mpeg1(self) -> bool {
        self.sample_rate >= 32_000
    }

    /// Audio frames in one MP3 frame.
    pub(super) fn frame_length(self) -> u64 {
        if self.is_mpeg1() { 1152 } else { 576 }
    }

    /// What the buyer should know when this is not what was asked for.
    pub(super) fn note(self, asked: &FileSpec) -> Option<String> {
        (self.bitrate != asked.bitrate).then(|| {
            format!(
                "MP3 at {} Hz goes up to {} bit/s: the file has that instead of {}",
                self.sample_rate, self.bitrate, asked.bitrate
            )
        })
    }

    /// What LAME multiplies its input by at low bit rates, against clipping (`abr_switch_map` in its `presets.c`). Clipping
    /// is seen to here, so this is undone: it would cost half a decibel of loudness.
    fn lame_scale(self) -> f32 {
        if self.bitrate <= 160_000 { 0.95 } else { 1.0 }
    }

    /// The song in stretches side by side where it is long, in one piece where it is short or the stretches do not join.
    fn music(self, samples: &[f32]) -> Result<Vec<u8>, EncodeError> {
        let frames = samples.len() as u64 / 2;
        let count = frames / (STRETCH_SECONDS * u64::from(self.sample_rate));
        if count < 2 {
            return self.lame(samples);
        }
        let stretches = Stretch::cut(frames / self.frame_length(), count);
        let sounds = stretches.iter().map(|stretch| stretch.of(samples, self)).collect();
        let pieces = perform::map(sounds, Threads::default(), |sound| self.lame(sound));
        let pieces: Vec<Vec<u8>> = pieces.into_iter().collect::<Result<_, _>>()?;
        match join(self, &stretches, &pieces) {
            Some(music) => Ok(music),
            None => self.lame(samples),
        }
    }

    pub(super) fn lame(self, samples: &[f32]) -> Result<Vec<u8>, EncodeError> {
        let mut encoder = self.encoder()?;
        let seconds = samples.len() as u64 / 2 / u64::from(self.sample_rate) + 1;
        let mut bytes = Vec::with_capacity((seconds * u64::from(self.bitrate) / 8) as usize);
        let undo = 1.0 / self.lame_scale();
        for block in samples.chunks(BLOCK * 2) {
            let block: Vec<f32> = block.iter().map(|sample| sample * undo).collect();
            bytes.reserve(mp3lame_encoder::max_required_buffer_size(BLOCK));
            encoder
                .encode_to_vec(InterleavedPcm(&block), &mut bytes)
                .map_err(|cause| failed("encoding", cause))?;
        }
        bytes.reserve(mp3lame_encoder::max_required_buffer_size(0));
        encoder
            .flush_to_vec::<FlushGap>(&mut bytes)
            .map_err(|cause| failed("writing the last frames", cause))?;
        Ok(bytes)
    }

    fn encoder(self) -> Result<Encoder, EncodeError> {
        let builder = Builder::new().ok_or_else(|| failed("starting", "out of memory"))?;
        let rate = std::num::NonZeroU32::new(self.sample_rate);
        builder
            .with_num_channels(2)
            .and_then(|builder| builder.with_sample_rate(self.sample_rate))
            .and_then(|builder| builder.with_output_sample_rate(rate))
            .and_then(|builder| builder.with_vbr_mode(VbrMode::Off))
            .and_then(|builder| builder.with_brate(self.lame_bitrate()))
            .and_then(|builder| builder.with_mode(Mode::JointStereo))
            .and_then(|builder| builder.with_quality(Quality::Good))
            // LAME leaves its own tag out where a frame is too small for it: see `info_frame`.
            .and_then(|builder| builder.with_to_write_vbr_tag(false))
            .and_then(Builder::build)
            .map_err(|cause| failed("being set up", cause))
    }

    fn lame_bitrate(self) -> Bitrate {
        match self.bitrate {
            0..48_000 => Bitrate::Kbps32,
            48_000..96_000 => Bitrate::Kbps64,
            96_000..144_000 => Bitrate::Kbps128,
            144_000..208_000 => Bitrate::Kbps160,
            _ => Bitrate::Kbps256,
        }
    }
}

impl Format for Stream {
    /// Measured on the band's songs, with enough on top that few are written twice: a second pass costs a third of the
    /// whole render, a quarter of a decibel of peak nobody hears.
    fn usual_overshoot(&self) -> f64 {
        match self.bitrate {
            0..48_000 => 1.4,
            48_000..96_000 => 1.2,
            96_000..144_000 => 1.0,
            _ => 0.9,
        }
    }

    /// An MP3 stream, the frame with its length first.
    fn write(&self, samples: &[f32]) -> Result<Vec<u8>, EncodeError> {
        let music = self.music(samples)?;
        let mut file = info_frame::write(*self, &music, samples.len() as u64 / 2);
        file.extend(music);
        Ok(file)
    }

    fn play(&self, file: &[u8], frames: u64) -> Result<Vec<f32>, EncodeError> {
        let music = file.get(info_frame::length(*self)..).unwrap_or_default();
        playback::play(*self, music, frames)
    }
}

fn failed(doing: &'static str, cause: impl ToString) -> EncodeError {
    EncodeError::Mp3 {
        doing,
        cause: cause.to_string(),
    }
}
