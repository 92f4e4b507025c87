//! How loud the singer stands in front of the band, by a BS.1770 meter that is not the band's own.

use busker_band::compose::compose;
use busker_band::perform::{DRY, Performance, Stem, Threads, Unwatched, map, perform};
use busker_band::request::Request;
use busker_band::score::{Score, Tag};
use ebur128::{EbuR128, Mode};

use crate::songs::{GENRES, block, prompt};

/// How far the voice may be from where its genre wants it, LU.
const TOLERANCE: f64 = 2.0;

/// Where the voice is this far below the loudest of its section, it rests, LU.
const REST: f64 = 12.0;

/// How many times a second loudness is read. Each reading is of the last 400 ms.
const READINGS: f64 = 10.0;

#[test]
fn the_lead_is_as_far_before_the_band_as_its_genre_wants_in_every_sung_section() {
    let sections = map(GENRES.to_vec(), Threads::default(), sung_sections).concat();
    assert_eq!(sections.len(), 2 * GENRES.len());
    let missed: Vec<String> = sections
        .into_iter()
        .filter(|(_, off)| !(-TOLERANCE..=TOLERANCE).contains(off))
        .map(|(section, off)| format!("{section} {off:+.1} LU"))
        .collect();
    assert!(missed.is_empty(), "{}", missed.join(", "));
}

/// The sections of a short song of `genre`, and how much louder against the band the lead is in each than wanted, LU.
fn sung_sections(genre: &str) -> Vec<(String, f64)> {
    let verse = ["The harbor sleeps beneath the snow"; 2];
    let chorus = ["Carry me over the river tonight"; 2];
    let score = compose(&Request {
        lyrics: vec![block(Tag::Verse, &verse), block(Tag::Chorus, &chorus)],
        duration: Some(10),
        ..prompt(&format!("{genre}, 150 bpm"))
    });
    let options = Performance {
        threads: Threads::new(1),
        stems: true,
        ..Performance::default()
    };
    let stems = perform(&score, &options, &Unwatched).unwrap().stems;
    let lead = loudness(stems.iter().filter(|stem| stem.name == "lead-vocal"));
    let band = loudness(stems.iter().filter(|stem| plays(stem)));
    let section = |index: usize| {
        let (from, to) = words(&score, index)?;
        let off = lead_over_band(&lead, &band, from, to) - f64::from(score.mix.voice);
        Some((format!("{genre}, {}:", score.sections[index].label), off))
    };
    (0..score.sections.len()).filter_map(section).collect()
}

/// Instruments, and the room and echoes they stand in.
fn plays(stem: &Stem) -> bool {
    let sings = stem.name.contains("vocal") || stem.name.ends_with(DRY);
    !sings
}

/// From the first word of a section to its last, in seconds; not into the song's last bar, which dies away.
fn words(score: &Score, section: usize) -> Option<(f64, f64)> {
    let lines = score.vocals.iter().filter(|line| line.section == section);
    let spans: Vec<_> = lines.filter_map(|line| line.span()).collect();
    let last_bar = score.end() - score.meter.bar_ticks();
    let end = spans.last()?.1.min(last_bar);
    Some((score.seconds(spans[0].0), score.seconds(end)))
}

/// Momentary loudness of the sum of `stems` as energy, [`READINGS`] a second.
fn loudness<'a>(stems: impl Iterator<Item = &'a Stem>) -> Vec<f64> {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for stem in stems {
        for (sum, side) in [(&mut left, &stem.left), (&mut right, &stem.right)] {
            sum.resize(side.len(), 0.0_f32);
            sum.iter_mut().zip(side).for_each(|(sum, sample)| *sum += sample);
        }
    }
    let mut meter = EbuR128::new(2, 44_100, Mode::M).unwrap();
    left.chunks_exact(4_410)
        .zip(right.chunks_exact(4_410))
        .map(|(left, right)| {
            meter.add_frames_planar_f32(&[left, right]).unwrap();
            10_f64.powf(meter.loudness_momentary().unwrap() / 10.0)
        })
        .collect()
}

/// How much louder the lead is than the band while it sings between two times, LU.
fn lead_over_band(lead: &[f64], band: &[f64], from: f64, to: f64) -> f64 {
    // The first reading that hears nothing from before.
    let heard = (from * READINGS) as usize + 4..(to * READINGS) as usize;
    let loudest = lead[heard.clone()].iter().copied().fold(0.0, f64::max);
    let sung = heard.filter(|reading| lead[*reading] > loudest * 10_f64.powf(-REST / 10.0));
    let (lead, band) = sung.fold((0.0, 0.0), |sum, reading| {
        (sum.0 + lead[reading], sum.1 + band[reading])
    });
    10.0 * (lead / band).log10()
}
