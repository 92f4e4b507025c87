//! The parts as bands as wide as they are long, the wave cut out of them.

use tiny_skia::PathBuilder;

use super::on_ground;
use crate::cover::canvas::Canvas;
use crate::cover::lettering::Label;
use crate::cover::palette::Palette;
use crate::cover::portrait::Portrait;

/// Where the bands end.
const BOTTOM: f32 = 770.0;
/// Middle of the wave.
const MIDDLE: f32 = 385.0;
/// Height of the loudest slice above the middle.
const HEIGHT: f32 = 300.0;
/// Slices of the wave.
const BARS: usize = 56;

pub(super) fn draw(canvas: &mut Canvas, portrait: &Portrait, palette: &Palette) -> Label {
    canvas.rectangle(0.0, 0.0, 1000.0, 1000.0, palette.ground);
    for (index, part) in portrait.parts.iter().enumerate() {
        let (from, to) = (part.from * 1000.0, part.to * 1000.0);
        let shade = if index % 2 == 1 { 0.14 } else { 0.0 };
        let colour = palette.accents[part.kind].mix(palette.glow, shade);
        canvas.rectangle(from, 0.0, to - from + 1.0, BOTTOM, colour);
    }
    let pitch = 1000.0 / BARS as f32;
    for (index, level) in portrait.levels(BARS).iter().enumerate() {
        let energy = portrait.part_at((index as f32 + 0.5) / BARS as f32).energy;
        let height = 10.0 + (HEIGHT - 10.0) * level * (0.35 + 0.65 * energy);
        let x = (index as f32 + 0.5) * pitch;
        let mut bar = PathBuilder::new();
        bar.move_to(x, MIDDLE - height);
        bar.line_to(x, MIDDLE + height);
        canvas.stroke(bar, pitch * 0.58, palette.ground);
    }
    on_ground(palette)
}
