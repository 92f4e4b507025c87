//! A canvas as an SVG document.

use std::fmt::Write;

use tiny_skia::PathSegment;

use super::COVER_SIDE;
use super::canvas::{Canvas, Fill};

/// The whole document: paths only, so that it looks the same everywhere.
pub(super) fn document(canvas: &Canvas, title: &str) -> String {
    let mut defs = String::new();
    let mut body = String::new();
    for (index, shape) in canvas.shapes.iter().enumerate() {
        let fill = match shape.fill {
            Fill::Flat(colour) => colour.to_string(),
            Fill::Down { from, to } => {
                let _ = write!(
                    defs,
                    "<linearGradient id=\"g{index}\" gradientUnits=\"userSpaceOnUse\" x1=\"0\" y1=\"{}\" x2=\"0\" \
                     y2=\"{}\"><stop stop-color=\"{}\"/><stop offset=\"1\" stop-color=\"{}\"/></linearGradient>",
                    from.0, to.0, from.1, to.1
                );
                format!("url(#g{index})")
            }
        };
        let _ = writeln!(body, "<path fill=\"{fill}\" d=\"{}\"/>", data(shape.path.segments()));
    }
    let title = escaped(title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {COVER_SIDE} {COVER_SIDE}\" role=\"img\">\n\
         <title>{title}</title>\n<defs>{defs}</defs>\n{body}</svg>\n"
    )
}

fn data(segments: impl Iterator<Item = PathSegment>) -> String {
    let mut text = String::new();
    // A tenth of a unit is invisible; more digits would only make the file longer.
    let p = |point: tiny_skia::Point| format!("{} {}", tenth(point.x), tenth(point.y));
    for segment in segments {
        match segment {
            PathSegment::MoveTo(to) => text.push_str(&format!("M{}", p(to))),
            PathSegment::LineTo(to) => text.push_str(&format!("L{}", p(to))),
            PathSegment::QuadTo(by, to) => text.push_str(&format!("Q{} {}", p(by), p(to))),
            PathSegment::CubicTo(by, and, to) => text.push_str(&format!("C{} {} {}", p(by), p(and), p(to))),
            PathSegment::Close => text.push('Z'),
        }
    }
    text
}

fn tenth(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}

fn escaped(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control())
        .map(|letter| match letter {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            letter => letter.to_string(),
        })
        .collect()
}
