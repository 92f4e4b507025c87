//! The wave goes once around a disc, clockwise from the top.

use tiny_skia::PathBuilder;

use super::on_ground;
use crate::cover::canvas::{Canvas, Fill};
use crate::cover::lettering::Label;
use crate::cover::palette::Palette;
use crate::cover::portrait::Portrait;

const CENTRE: (f32, f32) = (500.0, 406.0);
/// Spokes of the wave.
const SPOKES: usize = 132;
/// Where the spokes stand.
const RADIUS: f32 = 196.0;

pub(super) fn draw(canvas: &mut Canvas, portrait: &Portrait, palette: &Palette) -> Label {
    let (x, y) = CENTRE;
    canvas.rectangle(0.0, 0.0, 1000.0, 1000.0, palette.ground);
    canvas.circle(x, y, 356.0, palette.ground.mix(palette.glow, 0.55));
    canvas.circle(x, y, 268.0, palette.glow);
    for part in &portrait.parts {
        let (from, to) = (part.from + 0.003, (part.to - 0.003).max(part.from + 0.004));
        let mut arc = PathBuilder::new();
        let steps = ((to - from) * 180.0) as usize + 2;
        for step in 0..=steps {
            let (px, py) = around(from + (to - from) * step as f32 / steps as f32, 356.0);
            if step == 0 {
                arc.move_to(px, py);
            } else {
                arc.line_to(px, py);
            }
        }
        canvas.stroke(arc, 4.0 + 12.0 * part.energy, palette.accents[part.kind]);
    }
    for (index, level) in portrait.levels(SPOKES).iter().enumerate() {
        let share = (index as f32 + 0.5) / SPOKES as f32;
        let height = 8.0 + 92.0 * level * level;
        let (inner, outer) = (around(share, RADIUS - 0.45 * height), around(share, RADIUS + height));
        let mut spoke = PathBuilder::new();
        spoke.move_to(inner.0, inner.1);
        spoke.line_to(outer.0, outer.1);
        canvas.stroke(spoke, 5.2, palette.accents[portrait.part_at(share).kind]);
    }
    let (first, second) = (palette.accents[0], palette.accents[3]);
    let disc = Fill::Down {
        from: (y - 92.0, first),
        to: (y + 92.0, second),
    };
    canvas.circle(x, y, 92.0, disc);
    canvas.circle(x, y, 15.0, palette.ground);
    on_ground(palette)
}

/// The point at `share` of a turn, clockwise from the top.
fn around(share: f32, radius: f32) -> (f32, f32) {
    let angle = share * std::f32::consts::TAU;
    (
        CENTRE.0 + radius * libm::sinf(angle),
        CENTRE.1 - radius * libm::cosf(angle),
    )
}
