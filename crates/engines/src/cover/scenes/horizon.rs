//! Hills before a sun: the nearest hill follows the loudness closely, the farthest only in outline.

use tiny_skia::PathBuilder;

use crate::cover::canvas::{Canvas, Fill, curve};
use crate::cover::colour::Colour;
use crate::cover::lettering::Label;
use crate::cover::palette::Palette;
use crate::cover::portrait::Portrait;

/// Points of a hill's outline.
const POINTS: usize = 96;
const HILLS: usize = 5;

pub(super) fn draw(canvas: &mut Canvas, portrait: &Portrait, palette: &Palette) -> Label {
    let (high, low) = sky(palette);
    let sky = Fill::Down {
        from: (0.0, high),
        to: (640.0, low),
    };
    canvas.rectangle(0.0, 0.0, 1000.0, 1000.0, sky);
    let radius = 128.0 + 84.0 * portrait.energy;
    let (x, y) = (300.0 + 400.0 * portrait.share(2), 470.0 - radius * 0.72);
    let sun = Fill::Down {
        from: (y - radius, palette.accents[0]),
        to: (y + radius, palette.accents[2]),
    };
    if portrait.genre.contains("wave") {
        sliced_sun(canvas, (x, y, radius), sun);
    } else {
        canvas.circle(x, y, radius + 26.0, high.mix(low, 0.5).mix(palette.accents[0], 0.16));
        canvas.circle(x, y, radius, sun);
    }
    let front = palette.deep();
    let levels = portrait.levels(POINTS);
    for hill in 0..HILLS {
        let near = (hill + 1) as f32 / HILLS as f32;
        let outline = smoothed(&levels, (HILLS - hill) * 3 - 2, hill % 2 == 1);
        let foot = 500.0 + 268.0 * near;
        let height = 178.0 - 70.0 * near;
        let points: Vec<(f32, f32)> = outline
            .iter()
            .enumerate()
            .map(|(index, level)| (1000.0 * index as f32 / (POINTS - 1) as f32, foot - height * level))
            .collect();
        let mut area = PathBuilder::new();
        area.move_to(0.0, 1000.0);
        curve(&mut area, &points);
        area.line_to(1000.0, 1000.0);
        area.close();
        let haze = low.mix(palette.accents[3], 0.35 + 0.4 * near);
        let shade = haze.mix(front, near * near);
        canvas.fill(area, shade);
    }
    Label {
        title: palette.pale(),
        caption: palette.pale().mix(front, 0.28),
    }
}

/// The sky above and at the hills: never as dark as the nearest hill.
fn sky(palette: &Palette) -> (Colour, Colour) {
    if palette.deep() == palette.ground {
        (
            palette.ground.mix(palette.glow, 0.55),
            palette.glow.mix(palette.accents[3], 0.38),
        )
    } else {
        (palette.ground, palette.glow)
    }
}

/// A sun with gaps that widen downwards.
fn sliced_sun(canvas: &mut Canvas, (x, y, radius): (f32, f32, f32), fill: Fill) {
    const STEPS: usize = 24;
    let mut top = -radius;
    let mut slice = 0;
    while top < radius {
        let (height, gap) = if slice == 0 {
            (radius * 1.05, radius * 0.035)
        } else {
            (
                radius * (0.2 - 0.02 * slice as f32).max(0.04),
                radius * (0.035 + 0.014 * slice as f32),
            )
        };
        let bottom = (top + height).min(radius);
        let side = |step: usize| {
            let from_centre = top + (bottom - top) * step as f32 / STEPS as f32;
            (
                (radius * radius - from_centre * from_centre).max(0.0).sqrt(),
                y + from_centre,
            )
        };
        let mut area = PathBuilder::new();
        let first = side(0);
        area.move_to(x - first.0, first.1);
        for step in 0..=STEPS {
            let (half, height) = side(step);
            area.line_to(x + half, height);
        }
        for step in (0..=STEPS).rev() {
            let (half, height) = side(step);
            area.line_to(x - half, height);
        }
        area.close();
        canvas.fill(area, fill);
        top = bottom + gap;
        slice += 1;
    }
}

/// Means over `reach` neighbours on each side, stretched back to 0-1; `backwards` for variety.
fn smoothed(levels: &[f32], reach: usize, backwards: bool) -> Vec<f32> {
    let mean = |index: usize| {
        let from = index.saturating_sub(reach);
        let to = (index + reach + 1).min(levels.len());
        levels[from..to].iter().sum::<f32>() / (to - from) as f32
    };
    let mut means: Vec<f32> = (0..levels.len()).map(mean).collect();
    let least = means.iter().copied().fold(f32::INFINITY, f32::min);
    let range = (means.iter().copied().fold(0.0, f32::max) - least).max(0.05);
    means.iter_mut().for_each(|level| *level = (*level - least) / range);
    if backwards {
        means.reverse();
    }
    means
}
