//! A board of tiles read like a page: round where the song is full, open where it rests.

use tiny_skia::PathBuilder;

use super::on_ground;
use crate::cover::canvas::Canvas;
use crate::cover::colour::Colour;
use crate::cover::lettering::Label;
use crate::cover::palette::Palette;
use crate::cover::portrait::Portrait;

const COLUMNS: usize = 5;
const ROWS: usize = 4;
const SIDE: f32 = 200.0;
/// Distance of a Bézier's handles that makes it a quarter circle of radius 1.
const QUARTER: f32 = 0.552_285;

pub(super) fn draw(canvas: &mut Canvas, portrait: &Portrait, palette: &Palette) -> Label {
    canvas.rectangle(0.0, 0.0, 1000.0, 1000.0, palette.ground);
    let levels = portrait.levels(COLUMNS * ROWS);
    for (index, level) in levels.iter().enumerate() {
        let share = (index as f32 + 0.5) / levels.len() as f32;
        let part = portrait.part_at(share);
        let (x, y) = ((index % COLUMNS) as f32 * SIDE, (index / COLUMNS) as f32 * SIDE);
        let question = 10 + index as u64 * 2;
        let colour = palette.accents[part.kind];
        let (under, over) = match portrait.chance(question, 3) {
            0 => (palette.ground.mix(palette.glow, 0.6), colour),
            1 => (
                colour,
                palette.accents[(part.kind + 1 + portrait.chance(question + 100, 3)) % 4],
            ),
            _ => (colour, palette.ground),
        };
        canvas.rectangle(x, y, SIDE, SIDE, under);
        let fullness = 0.5 * part.energy + 0.5 * level;
        tile(canvas, (x, y), fullness, portrait.chance(question + 1, 4), over, under);
    }
    on_ground(palette)
}

/// A figure on the tile at `corner`, turned by quarters of a turn.
fn tile(canvas: &mut Canvas, corner: (f32, f32), fullness: f32, turns: usize, over: Colour, under: Colour) {
    let (x, y) = (corner.0 + SIDE / 2.0, corner.1 + SIDE / 2.0);
    match (fullness * 5.0) as usize {
        0 => canvas.circle(x, y, SIDE * 0.16, over),
        1 => canvas.fill(quarter(corner, turns, SIDE), over),
        2 => {
            canvas.fill(quarter(corner, turns, SIDE), over);
            canvas.fill(quarter(corner, turns, SIDE / 2.0), under);
        }
        3 => {
            // Two quarters that meet in the middle: a leaf.
            canvas.fill(leaf(corner, turns), over);
        }
        _ => {
            canvas.circle(x, y, SIDE / 2.0, over);
            canvas.circle(x, y, SIDE / 5.0, under);
        }
    }
}

/// A quarter of a disc around one corner of a tile.
fn quarter(corner: (f32, f32), turns: usize, radius: f32) -> PathBuilder {
    let (x, y, across, down) = turned(corner, turns);
    let handle = radius * QUARTER;
    let mut path = PathBuilder::new();
    path.move_to(x, y);
    path.line_to(x + radius * across, y);
    path.cubic_to(
        x + radius * across,
        y + handle * down,
        x + handle * across,
        y + radius * down,
        x,
        y + radius * down,
    );
    path.close();
    path
}

/// What two quarters around opposite corners share.
fn leaf(corner: (f32, f32), turns: usize) -> PathBuilder {
    let (x, y, across, down) = turned(corner, turns);
    let (far_x, far_y) = (x + SIDE * across, y + SIDE * down);
    let handle = SIDE * QUARTER;
    let mut path = PathBuilder::new();
    path.move_to(x, y);
    path.cubic_to(x + handle * across, y, far_x, far_y - handle * down, far_x, far_y);
    path.cubic_to(far_x - handle * across, far_y, x, y + handle * down, x, y);
    path.close();
    path
}

/// A corner of the tile and the directions from there into it.
fn turned((left, top): (f32, f32), turns: usize) -> (f32, f32, f32, f32) {
    match turns {
        0 => (left, top, 1.0, 1.0),
        1 => (left + SIDE, top, -1.0, 1.0),
        2 => (left + SIDE, top + SIDE, -1.0, -1.0),
        _ => (left, top + SIDE, 1.0, -1.0),
    }
}
