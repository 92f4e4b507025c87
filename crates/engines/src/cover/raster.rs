//! A canvas as a PNG file.

use tiny_skia::{FillRule, GradientStop, LinearGradient, Paint, Pixmap, Point, Shader, SpreadMode, Transform};

use super::COVER_SIDE;
use super::canvas::{Canvas, Fill};
use super::colour::Colour;
use crate::error::EncodeError;

/// Paints and packs.
pub(super) fn png(canvas: &Canvas) -> Result<Vec<u8>, EncodeError> {
    let mut picture = Pixmap::new(COVER_SIDE, COVER_SIDE).ok_or_else(|| failed("there is no memory for it"))?;
    for shape in &canvas.shapes {
        let paint = Paint {
            shader: shader(shape.fill),
            anti_alias: true,
            ..Paint::default()
        };
        picture.fill_path(&shape.path, &paint, FillRule::Winding, Transform::identity(), None);
    }
    // The first shape covers the whole picture: nothing shows through, and three channels are enough.
    let pixels: Vec<u8> = picture
        .data()
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, COVER_SIDE, COVER_SIDE);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}

fn shader(fill: Fill) -> Shader<'static> {
    match fill {
        Fill::Flat(colour) => Shader::SolidColor(paint(colour)),
        Fill::Down { from, to } => {
            let stops = vec![
                GradientStop::new(0.0, paint(from.1)),
                GradientStop::new(1.0, paint(to.1)),
            ];
            let (start, end) = (Point::from_xy(0.0, from.0), Point::from_xy(0.0, to.0));
            LinearGradient::new(start, end, stops, SpreadMode::Pad, Transform::identity())
                .unwrap_or(Shader::SolidColor(paint(from.1)))
        }
    }
}

fn paint(colour: Colour) -> tiny_skia::Color {
    tiny_skia::Color::from_rgba8(colour.0, colour.1, colour.2, 255)
}

fn failed(cause: impl ToString) -> EncodeError {
    EncodeError::Cover(cause.to_string())
}
