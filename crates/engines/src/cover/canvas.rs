//! Shapes in the order they are painted: what both the SVG and the PNG are made of.

use tiny_skia::{LineCap, LineJoin, Path, PathBuilder, PathStroker, Rect, Stroke};

use super::colour::Colour;

/// A picture of 1000 by 1000 units, y downwards.
#[derive(Default)]
pub(super) struct Canvas {
    pub(super) shapes: Vec<Shape>,
}

/// One area of colour.
pub(super) struct Shape {
    pub(super) path: Path,
    pub(super) fill: Fill,
}

/// How an area is filled.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fill {
    /// With one colour.
    Flat(Colour),
    /// From a colour at one height to another colour below.
    Down { from: (f32, Colour), to: (f32, Colour) },
}

impl From<Colour> for Fill {
    fn from(colour: Colour) -> Self {
        Self::Flat(colour)
    }
}

impl Canvas {
    /// Fills what `builder` drew; nothing if it drew nothing.
    pub(super) fn fill(&mut self, builder: PathBuilder, fill: impl Into<Fill>) {
        if let Some(path) = builder.finish() {
            self.shapes.push(Shape {
                path,
                fill: fill.into(),
            });
        }
    }

    /// Draws along what `builder` drew, with round ends.
    pub(super) fn stroke(&mut self, builder: PathBuilder, width: f32, fill: impl Into<Fill>) {
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        let line = builder.finish();
        if let Some(path) = line.and_then(|path| PathStroker::new().stroke(&path, &stroke, 1.0)) {
            self.shapes.push(Shape {
                path,
                fill: fill.into(),
            });
        }
    }

    pub(super) fn rectangle(&mut self, x: f32, y: f32, width: f32, height: f32, fill: impl Into<Fill>) {
        let mut builder = PathBuilder::new();
        if let Some(rectangle) = Rect::from_xywh(x, y, width, height) {
            builder.push_rect(rectangle);
        }
        self.fill(builder, fill);
    }

    /// In 24 pieces: of few long ones the rasterizer makes a polygon that shows.
    pub(super) fn circle(&mut self, x: f32, y: f32, radius: f32, fill: impl Into<Fill>) {
        const COSINE: f32 = 0.965_925_8; // of 15 degrees
        const SINE: f32 = 0.258_819_05;
        let mut builder = PathBuilder::new();
        let (mut from_x, mut from_y) = (radius, 0.0);
        builder.move_to(x + from_x, y + from_y);
        for _ in 0..24 {
            let (to_x, to_y) = (from_x * COSINE - from_y * SINE, from_x * SINE + from_y * COSINE);
            // Where the tangents at both ends meet.
            let (meet_x, meet_y) = ((from_x + to_x) / (1.0 + COSINE), (from_y + to_y) / (1.0 + COSINE));
            builder.quad_to(x + meet_x, y + meet_y, x + to_x, y + to_y);
            (from_x, from_y) = (to_x, to_y);
        }
        builder.close();
        self.fill(builder, fill);
    }
}

/// A smooth line through the middles between `points`, from the first to the last one.
pub(super) fn curve(builder: &mut PathBuilder, points: &[(f32, f32)]) {
    let [first, .., last] = points else { return };
    builder.line_to(first.0, first.1);
    for pair in points.windows(2) {
        let middle = ((pair[0].0 + pair[1].0) / 2.0, (pair[0].1 + pair[1].1) / 2.0);
        builder.quad_to(pair[0].0, pair[0].1, middle.0, middle.1);
    }
    builder.line_to(last.0, last.1);
}
