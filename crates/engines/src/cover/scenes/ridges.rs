//! The song in lines from top to bottom, each hiding what is behind it.

use tiny_skia::PathBuilder;

use super::on_ground;
use crate::cover::canvas::{Canvas, Fill, curve};
use crate::cover::lettering::Label;
use crate::cover::palette::Palette;
use crate::cover::portrait::Portrait;

const ROWS: usize = 21;
/// Slices of the song in a row.
const POINTS: usize = 56;
const LEFT: f32 = 132.0;
const RIGHT: f32 = 868.0;
const TOP: f32 = 178.0;
const BOTTOM: f32 = 742.0;
/// Height of the loudest slice.
const HEIGHT: f32 = 150.0;

pub(super) fn draw(canvas: &mut Canvas, portrait: &Portrait, palette: &Palette) -> Label {
    let backdrop = Fill::Down {
        from: (0.0, palette.ground.mix(palette.glow, 0.8)),
        to: (760.0, palette.ground),
    };
    canvas.rectangle(0.0, 0.0, 1000.0, 1000.0, backdrop);
    let levels = portrait.levels(ROWS * POINTS);
    let centre = 0.38 + 0.24 * portrait.share(2);
    for row in 0..ROWS {
        let base = TOP + (BOTTOM - TOP) * row as f32 / (ROWS - 1) as f32;
        let part = portrait.part_at((row as f32 + 0.5) / ROWS as f32);
        let height = HEIGHT * (0.45 + 0.55 * part.energy);
        let slices = &levels[row * POINTS..(row + 1) * POINTS];
        let points: Vec<(f32, f32)> = slices
            .iter()
            .enumerate()
            .map(|(index, level)| {
                let share = index as f32 / (POINTS - 1) as f32;
                let from_centre = (share - centre) / 0.21;
                let window = 0.02 + 0.98 / (1.0 + from_centre * from_centre * from_centre * from_centre);
                let edge = (share * 8.0).min((1.0 - share) * 8.0).min(1.0);
                (LEFT + (RIGHT - LEFT) * share, base - height * level * window * edge)
            })
            .collect();
        let mut area = PathBuilder::new();
        area.move_to(LEFT, base);
        curve(&mut area, &points);
        area.line_to(RIGHT, base + 40.0);
        area.line_to(LEFT, base + 40.0);
        area.close();
        let behind = ((base / 760.0).min(1.0) * 0.8 - 0.8).abs();
        canvas.fill(area, palette.ground.mix(palette.glow, behind));
        let mut line = PathBuilder::new();
        line.move_to(LEFT, base);
        curve(&mut line, &points);
        canvas.stroke(line, 3.8, palette.accents[part.kind]);
    }
    // What the last row hides below itself.
    canvas.rectangle(0.0, BOTTOM + 4.0, 1000.0, 996.0 - BOTTOM, palette.ground);
    on_ground(palette)
}
