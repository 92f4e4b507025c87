//! A decoder that shares no code with the one the encoder checks itself with.

use std::io::Cursor;

use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;

pub(crate) struct Decoded {
    pub(crate) rate: u32,
    pub(crate) samples: Vec<f32>,
}

/// Decodes an MP3 as a player does, leaving out what its encoder added.
pub(crate) fn decode(mp3: &[u8]) -> Decoded {
    let source = MediaSourceStream::new(Box::new(Cursor::new(mp3.to_vec())), Default::default());
    let mut hint = Hint::new();
    hint.with_extension("mp3");
    let mut reader = symphonia::default::get_probe()
        .probe(&hint, source, FormatOptions::default(), MetadataOptions::default())
        .expect("an MP3");
    let track = reader.default_track(TrackType::Audio).expect("a track");
    let parameters = track
        .codec_params
        .as_ref()
        .expect("parameters")
        .audio()
        .expect("audio")
        .clone();
    let options = AudioDecoderOptions::default();
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(&parameters, &options)
        .expect("a decoder");
    let mut samples = Vec::new();
    let mut piece = Vec::new();
    while let Some(packet) = reader.next_packet().expect("a whole stream") {
        let buffer = decoder.decode(&packet).expect("a valid frame");
        assert_eq!(buffer.spec().channels().count(), 2);
        buffer.copy_to_vec_interleaved::<f32>(&mut piece);
        samples.extend_from_slice(&piece);
    }
    Decoded {
        rate: parameters.sample_rate.expect("a rate"),
        samples,
    }
}
