//! Title and caption, as outlines.
//!
//! The font is Manrope Bold, reduced to Latin, Greek and Cyrillic (`assets/README.md`). A title in other scripts is left
//! out rather than shown as boxes.

use busker_core::song::SongFacts;
use tiny_skia::PathBuilder;
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use super::canvas::Canvas;
use super::colour::Colour;
use crate::error::EncodeError;

const FONT: &[u8] = include_bytes!("../../assets/Manrope-Bold.ttf");

/// Left edge of all text.
const LEFT: f32 = 72.0;
/// Widest line.
const WIDTH: f32 = 1000.0 - 2.0 * LEFT;
/// Baseline of the caption.
const CAPTION_BASELINE: f32 = 944.0;
/// Height of the caption's letters.
const CAPTION_SIZE: f32 = 25.0;
/// Baseline of the last line of the title.
const TITLE_BASELINE: f32 = 892.0;
/// Letter heights a title is tried at: alone on a line, then on two.
const ONE_LINE: [f32; 4] = [84.0, 76.0, 68.0, 60.0];
const TWO_LINES: [f32; 4] = [58.0, 50.0, 44.0, 38.0];

/// How text looks on a scene.
pub(super) struct Label {
    /// Colour of the title.
    pub(super) title: Colour,
    /// Colour of the caption.
    pub(super) caption: Colour,
}

/// Sets text.
pub(super) struct Lettering {
    face: Face<'static>,
}

impl Lettering {
    /// Reads the font.
    pub(super) fn new() -> Result<Self, EncodeError> {
        let face = Face::parse(FONT, 0).map_err(|error| EncodeError::Cover(error.to_string()))?;
        Ok(Self { face })
    }

    /// Title, and below it key, tempo and genre.
    pub(super) fn label(&self, canvas: &mut Canvas, facts: &SongFacts, label: &Label) {
        let caption = [
            facts.key.clone(),
            facts.tempo.map(|tempo| format!("{tempo:.0} BPM")),
            facts.genres.first().cloned(),
        ];
        let caption = caption.into_iter().flatten().collect::<Vec<_>>().join("  ·  ");
        self.line(canvas, &caption, CAPTION_SIZE, CAPTION_BASELINE, label.caption);
        let title = facts.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.chars().all(|letter| self.face.glyph_index(letter).is_some()) {
            return;
        }
        let (size, lines) = self.fitted(&title);
        for (above, line) in lines.iter().rev().enumerate() {
            let baseline = TITLE_BASELINE - above as f32 * size * 1.08;
            self.line(canvas, line, size, baseline, label.title);
        }
    }

    /// The largest size at which `title` fits, and its lines.
    fn fitted(&self, title: &str) -> (f32, Vec<String>) {
        for size in ONE_LINE {
            if self.width(title, size) <= WIDTH {
                return (size, vec![title.to_owned()]);
            }
        }
        let words: Vec<&str> = title.split(' ').collect();
        for size in TWO_LINES {
            let splits = (1..words.len()).map(|at| [words[..at].join(" "), words[at..].join(" ")]);
            let widest = |lines: &[String; 2]| self.width(&lines[0], size).max(self.width(&lines[1], size));
            let best = splits.min_by(|a, b| widest(a).total_cmp(&widest(b)));
            if let Some(lines) = best.filter(|lines| widest(lines) <= WIDTH) {
                return (size, lines.to_vec());
            }
        }
        let size = TWO_LINES[TWO_LINES.len() - 1];
        let mut shortened = title.to_owned();
        while self.width(&shortened, size) > WIDTH {
            let kept = shortened.chars().count().saturating_sub(2);
            shortened = shortened.chars().take(kept).collect::<String>().trim_end().to_owned() + "…";
        }
        (size, vec![shortened])
    }

    fn width(&self, text: &str, size: f32) -> f32 {
        let scale = size / f32::from(self.face.units_per_em());
        self.placed(text)
            .last()
            .map_or(0.0, |(_, at, advance)| (at + advance) * scale)
    }

    fn line(&self, canvas: &mut Canvas, text: &str, size: f32, baseline: f32, colour: Colour) {
        let scale = size / f32::from(self.face.units_per_em());
        let mut outline = Outline {
            path: PathBuilder::new(),
            x: LEFT,
            y: baseline,
            scale,
        };
        for (glyph, at, _) in self.placed(text) {
            outline.x = LEFT + at * scale;
            self.face.outline_glyph(glyph, &mut outline);
        }
        canvas.fill(outline.path, colour);
    }

    /// Glyphs with their places and widths, in font units. What the font lacks is left out.
    fn placed(&self, text: &str) -> Vec<(GlyphId, f32, f32)> {
        let mut at = 0.0;
        let mut before: Option<GlyphId> = None;
        let glyphs = text.chars().filter_map(|letter| self.face.glyph_index(letter));
        glyphs
            .map(|glyph| {
                at += before.map_or(0.0, |before| self.kerning(before, glyph));
                let advance = f32::from(self.face.glyph_hor_advance(glyph).unwrap_or(0));
                let place = (glyph, at, advance);
                at += advance;
                before = Some(glyph);
                place
            })
            .collect()
    }

    /// How far a glyph moves towards the one before it (OpenType, GPOS lookup type 2).
    fn kerning(&self, first: GlyphId, second: GlyphId) -> f32 {
        let Some(table) = self.face.tables().gpos else {
            return 0.0;
        };
        let subtables = table
            .lookups
            .into_iter()
            .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>());
        let adjustment = subtables.into_iter().find_map(|subtable| match subtable {
            PositioningSubtable::Pair(PairAdjustment::Format1 { coverage, sets }) => {
                let set = sets.get(coverage.get(first)?)?;
                Some(set.get(second)?.0.x_advance)
            }
            PositioningSubtable::Pair(PairAdjustment::Format2 {
                coverage,
                classes,
                matrix,
            }) => {
                coverage.get(first)?;
                let pair = (classes.0.get(first), classes.1.get(second));
                Some(matrix.get(pair)?.0.x_advance)
            }
            _ => None,
        });
        f32::from(adjustment.unwrap_or(0))
    }
}

/// Draws glyphs at a place and size.
struct Outline {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Outline {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
