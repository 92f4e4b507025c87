//! The picture on a song's cover, drawn from the song itself.
//!
//! What is seen is what is heard: shapes follow the loudness, colours the parts of the form, the palette mode and
//! energy, the composition the genre. The title is set in Manrope. The same song has the same cover, byte for byte:
//! nothing here asks for more than additions, multiplications and roots, or takes it from `libm`.

mod canvas;
mod colour;
mod lettering;
mod palette;
mod portrait;
mod raster;
mod scenes;
mod svg;

use busker_core::song::Song;

use crate::error::EncodeError;
use canvas::Canvas;
use lettering::Lettering;
use portrait::Portrait;

/// Width and height of a cover, in pixels.
pub const COVER_SIDE: u32 = 1000;

/// A cover in both forms it is stored in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The picture for players and tags, [`COVER_SIDE`] pixels wide and high.
    pub png: Vec<u8>,
    /// The same for screens of any size.
    pub svg: String,
}

/// Draws the cover of `song`. Takes some hundredths of a second.
///
/// # Errors
/// [`EncodeError::Cover`] when the picture cannot be written, which no song causes.
pub fn cover(song: &Song) -> Result<Cover, EncodeError> {
    let portrait = Portrait::of(song);
    let palette = palette::choose(&portrait);
    let mut canvas = Canvas::default();
    let scene = scenes::choose(&portrait);
    let label = scene.draw(&mut canvas, &portrait, palette);
    Lettering::new()?.label(&mut canvas, &song.facts, &label);
    Ok(Cover {
        png: raster::png(&canvas)?,
        svg: svg::document(&canvas, &song.facts.title),
    })
}

#[cfg(test)]
mod tests {
    use busker_core::song::{Song, SongFacts, SongSection};

    use super::cover;

    fn song(genre: &str, title: &str) -> Song {
        let rate = 8_000_u32;
        let seconds = 20;
        let frames = rate * seconds;
        let samples = (0..frames).flat_map(|frame| {
            let within_beat = (frame % 4_000) as f32 / 4_000.0;
            let loud = if frame > frames / 2 { 0.8 } else { 0.3 };
            let sample = loud * (1.0 - within_beat) * if frame % 40 < 20 { 1.0 } else { -1.0 };
            [sample, sample]
        });
        let section = |label: &str, start: f64, energy: f32| SongSection {
            label: label.to_owned(),
            start,
            end: start + 5.0,
            energy,
            chords: String::new(),
        };
        Song {
            rate,
            samples: samples.collect(),
            facts: SongFacts {
                title: title.to_owned(),
                key: Some("E minor".to_owned()),
                tempo: Some(120.0),
                genres: vec![genre.to_owned()],
                sections: vec![
                    section("Intro", 0.0, 0.2),
                    section("Verse", 5.0, 0.4),
                    section("Chorus", 10.0, 0.9),
                    section("Outro", 15.0, 0.3),
                ],
                seed: 7,
                ..SongFacts::default()
            },
            ..Song::default()
        }
    }

    #[test]
    fn every_kind_of_song_has_a_small_square_picture() {
        for genre in ["jazz", "house", "metal", "folk", "pop", "synthwave", "nothing known"] {
            let cover = cover(&song(genre, "Carry Me Over")).unwrap();
            assert_eq!(&cover.png[1..4], b"PNG");
            assert_eq!(cover.png[16..24], [0, 0, 3, 232, 0, 0, 3, 232], "1000 by 1000");
            assert!(cover.png.len() < 150_000, "{genre}: {} bytes", cover.png.len());
            assert!(cover.svg.starts_with("<svg ") && cover.svg.ends_with("</svg>\n"));
        }
    }

    #[test]
    fn the_same_song_has_the_same_cover_and_another_seed_another() {
        let first = song("pop", "Carry Me Over");
        assert!(cover(&first).unwrap() == cover(&first).unwrap());
        let mut other = first.clone();
        other.facts.seed = 8;
        assert!(cover(&first).unwrap().png != cover(&other).unwrap().png);
    }

    #[test]
    fn titles_are_drawn_in_the_scripts_the_font_has_and_left_out_in_others() {
        let nameless = cover(&song("jazz", "")).unwrap();
        for title in ["Regen über Köln", "Дождь", "Βροχή", "Mưa đêm"] {
            assert!(cover(&song("jazz", title)).unwrap() != nameless, "{title}");
        }
        assert!(cover(&song("jazz", "雨の夜")).unwrap().png == nameless.png);
    }

    #[test]
    fn a_title_cannot_break_out_of_the_svg() {
        let svg = cover(&song("pop", "</title><script>x</script>")).unwrap().svg;
        assert!(!svg.contains("<script"), "{svg}");
    }

    #[test]
    fn silence_and_a_song_without_form_have_covers_too() {
        let mut quiet = song("pop", "Hush");
        quiet.samples.fill(0.0);
        quiet.facts.sections.clear();
        assert!(cover(&quiet).is_ok());
        quiet.samples.clear();
        assert!(cover(&quiet).is_ok());
    }
}
