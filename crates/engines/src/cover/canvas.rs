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

    pub(super) fn circle(&mut self, x: f32, y: f32, radius: f32, fill: impl Into<Fill>) {
        let mut builder = PathBuilder::new();
        builder.push_circle(x, y, radius);
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
