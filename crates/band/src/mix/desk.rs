//! Where the tracks meet.

use super::dynamics::Ride;
use super::loudness::Energies;
use super::strip::Strip;
use super::surroundings::Surroundings;
use super::{echo, loudness, reverb, width};
use crate::dsp::math::gain;
use crate::perform::part::Part;
use crate::perform::{Stem, Threads, crew};
use crate::score::{MixPlan, Score};

/// Sums of all tracks so far, dry and on their way to the effects.
pub(crate) struct Desk {
    dry: [Vec<f32>; 2],
    reverb: [Vec<f32>; 2],
    echo: Vec<f32>,
    stems: Option<Vec<Stem>>,
    beat: f32,
}

/// The song before mastering.
pub(crate) struct Mixed {
    /// Left channel.
    pub(crate) left: Vec<f32>,
    /// Right channel.
    pub(crate) right: Vec<f32>,
    /// Every track and the effects, when kept.
    pub(crate) stems: Vec<Stem>,
}

/// How much of the repeats goes on into the room.
const ECHO_INTO_ROOM: f32 = 0.25;

impl Desk {
    /// An empty desk; `stems` keeps each track.
    pub(crate) fn new(surroundings: &Surroundings, stems: bool) -> Self {
        let silence = || vec![0.0_f32; surroundings.length];
        Self {
            dry: [silence(), silence()],
            reverb: [silence(), silence()],
            echo: silence(),
            stems: stems.then(Vec::new),
            beat: surroundings.beat,
        }
    }

    /// Adds one track and gives it back unless its stem is kept. The order of calls is the order of summation.
    pub(crate) fn add(&mut self, strip: &Strip, part: Part) -> Option<Part> {
        let (to_room, to_echo) = (strip.reverb.clamp(0.0, 1.0), strip.echo.clamp(0.0, 1.0) * 0.5);
        for stretch in &part.active {
            for (side, source) in [&part.left, &part.right].into_iter().enumerate() {
                let source = &source[stretch.clone()];
                accumulate(&mut self.dry[side][stretch.clone()], source, 1.0);
                accumulate(&mut self.reverb[side][stretch.clone()], source, to_room);
                accumulate(&mut self.echo[stretch.clone()], source, to_echo);
            }
        }
        for source in [&part.left, &part.right] {
            strip.throws.send(source, &mut self.echo);
        }
        let Some(stems) = &mut self.stems else {
            return Some(part);
        };
        stems.push(Stem {
            name: strip.name.clone(),
            left: part.left,
            right: part.right,
        });
        None
    }

    /// What is on the desk so far, measured.
    pub(crate) fn loudness(&self, threads: Threads) -> Energies {
        let [left, right] = &self.dry;
        loudness::measure(left, right, threads)
    }

    /// Rides the sections, adds echo and room, sets the width.
    pub(crate) fn mix_down(mut self, score: &Score, threads: Threads) -> Mixed {
        let energies = self.loudness(threads);
        let ride = Ride::plan(score, &energies);
        let echo = std::mem::take(&mut self.echo);
        let ((echo_left, echo_right), _) = crew::both(
            threads,
            || repeats(echo, &ride, &score.mix, self.beat),
            || {
                let stems = self.stems.iter_mut().flatten();
                let channels = stems.flat_map(|stem| [&mut stem.left, &mut stem.right]);
                let channels = channels.chain(&mut self.dry).chain(&mut self.reverb);
                channels.for_each(|channel| ride.apply(channel));
            },
        );
        let [mut left, mut right] = self.dry;
        let [mut room_left, mut room_right] = self.reverb;
        if !echo_left.is_empty() {
            accumulate(&mut room_left, &echo_left, ECHO_INTO_ROOM);
            accumulate(&mut room_right, &echo_right, ECHO_INTO_ROOM);
        }
        reverb::answer(&mut room_left, &mut room_right, score.mix.reverb_seconds, threads);
        let room = room_gain(
            &energies,
            &loudness::measure(&room_left, &room_right, threads),
            score.mix.reverb_level,
        );
        let add = |room_side: &mut [f32], echo: &[f32], side: &mut [f32]| {
            room_side.iter_mut().for_each(|sample| *sample *= room);
            accumulate(room_side, echo, 1.0);
            accumulate(side, room_side, 1.0);
        };
        crew::both(
            threads,
            || add(&mut room_left, &echo_left, &mut left),
            || add(&mut room_right, &echo_right, &mut right),
        );
        drop((echo_left, echo_right));
        let mut stems = self.stems.unwrap_or_default();
        if stems.is_empty() {
            drop((room_left, room_right));
        } else {
            stems.push(Stem {
                name: "effects".to_owned(),
                left: room_left,
                right: room_right,
            });
        }
        let amount = width::set(&mut left, &mut right, score.mix.width, threads);
        for stem in &mut stems {
            width::follow(&mut stem.left, &mut stem.right, amount, threads);
        }
        Mixed { left, right, stems }
    }
}

/// The tempo delay's answer to what is sent to it and rides with the song; empty when that is nothing.
fn repeats(send: Vec<f32>, ride: &Ride, plan: &MixPlan, beat: f32) -> (Vec<f32>, Vec<f32>) {
    if send.iter().all(|sample| *sample == 0.0) {
        return (Vec::new(), Vec::new());
    }
    let mut send = send;
    ride.apply(&mut send);
    echo::repeats(&send, (plan.delay_beats.max(0.1) * beat) as usize, plan.delay_feedback)
}

/// What brings the room to `level` LU against the dry song. Where hardly anything was sent, hardly anything is raised.
fn room_gain(dry: &Energies, room: &Energies, level: f32) -> f32 {
    match (dry.integrated(), room.integrated()) {
        (Some(dry), Some(room)) => gain((dry + level - room).clamp(-18.0, 9.0)),
        _ => 1.0,
    }
}

fn accumulate(sum: &mut [f32], source: &[f32], share: f32) {
    if share == 0.0 {
        return;
    }
    for (sum, source) in sum.iter_mut().zip(source) {
        *sum += source * share;
    }
}
