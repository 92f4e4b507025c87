//! Five ways to draw a song. Each shows the same things: loudness as height or size, parts of the form as colours.

mod banners;
mod horizon;
mod ridges;
mod rings;
mod tiles;

use super::canvas::Canvas;
use super::lettering::Label;
use super::palette::Palette;
use super::portrait::Portrait;

/// A composition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scene {
    /// Bands of colour, the wave cut out of them.
    Banners,
    /// Hills before a sun.
    Horizon,
    /// Lines one behind the other.
    Ridges,
    /// The wave around a disc.
    Rings,
    /// A board of quarter circles.
    Tiles,
}

/// Which genres look like what: a scene for the first word that a genre's name has.
const FITTING: [(Scene, &[&str]); 6] = [
    (Scene::Horizon, &["synthwave", "retrowave"]),
    (
        Scene::Ridges,
        &[
            "metal",
            "rock",
            "punk",
            "indie",
            "techno",
            "drum and bass",
            "dubstep",
            "trap",
            "grunge",
        ],
    ),
    (
        Scene::Tiles,
        &[
            "jazz", "bossa", "latin", "funk", "soul", "reggae", "swing", "salsa", "children", "disco", "ska",
        ],
    ),
    (
        Scene::Rings,
        &[
            "house", "trance", "edm", "r&b", "lo-fi", "lofi", "blues", "gospel", "hip hop", "k-pop",
        ],
    ),
    (
        Scene::Horizon,
        &[
            "ballad",
            "folk",
            "acoustic",
            "ambient",
            "cinematic",
            "country",
            "orchestral",
            "classical",
        ],
    ),
    (Scene::Banners, &["pop"]),
];

/// The scene of a song: by its genre, by chance where the genre is none of the known ones.
pub(super) fn choose(portrait: &Portrait) -> Scene {
    let named = |words: &[&str]| words.iter().any(|word| portrait.genre.contains(word));
    let fitting = FITTING.iter().find(|(_, words)| named(words)).map(|(scene, _)| *scene);
    let any = [
        Scene::Banners,
        Scene::Horizon,
        Scene::Ridges,
        Scene::Rings,
        Scene::Tiles,
    ];
    fitting.unwrap_or(any[portrait.chance(1, any.len())])
}

impl Scene {
    /// Paints the whole picture but for the letters, and says how these should look.
    pub(super) fn draw(self, canvas: &mut Canvas, portrait: &Portrait, palette: &Palette) -> Label {
        match self {
            Self::Banners => banners::draw(canvas, portrait, palette),
            Self::Horizon => horizon::draw(canvas, portrait, palette),
            Self::Ridges => ridges::draw(canvas, portrait, palette),
            Self::Rings => rings::draw(canvas, portrait, palette),
            Self::Tiles => tiles::draw(canvas, portrait, palette),
        }
    }
}

/// Letters on the palette's ground.
fn on_ground(palette: &Palette) -> Label {
    Label {
        title: palette.ink,
        caption: palette.ink.mix(palette.ground, 0.28),
    }
}
