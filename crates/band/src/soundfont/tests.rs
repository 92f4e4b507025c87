use super::{tiny, *};
use crate::dsp::RATE;
use crate::instruments::Touch;
use crate::perform::tests::song;
use crate::perform::{Performance, Threads, Unwatched, perform};

fn font() -> SoundFont {
    SoundFont::read(tiny::soundfont().as_slice()).unwrap()
}

fn touch(pitch: u8, velocity: f32) -> Touch {
    Touch {
        pitch,
        velocity,
        held: RATE as usize / 2,
        variant: 0,
        from: None,
        beat: 22_050.0,
    }
}

fn rms(samples: &[f32]) -> f32 {
    (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32).sqrt()
}

#[test]
fn what_the_file_has_is_taken_from_it_and_nothing_else() {
    let font = font();
    for (instrument, taken) in [
        (Piano, true),
        (AcousticKit, true),
        (Violin, false),
        (Supersaw, false),
        (BrushKit, false),
    ] {
        assert_eq!(font.sampler(instrument).is_some(), taken, "{instrument:?}");
    }
    assert!(font.name().starts_with("Tiny GM ("), "{}", font.name());
    assert_eq!(font.name(), self::font().name());
}

#[test]
fn samples_are_in_tune_and_as_loud_as_the_bands_own_instrument() {
    let mut sampler = font().sampler(Piano).unwrap();
    let sound = sampler.play(&touch(69, 1.0)).unwrap();
    let second = &sound.left[2_205..19_845];
    let crossings = second.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
    let seconds = second.len() as f32 / RATE;
    assert!((crossings as f32 / seconds - 441.0).abs() < 4.0, "{crossings}");
    let own = instruments::play(Piano, &touch(69, 1.0));
    let ratio = rms(&sound.left[..22_050]) / rms(&own.left[..22_050]);
    assert!((0.7..1.4).contains(&ratio), "{ratio}");
}

#[test]
fn soft_notes_are_softer_by_the_bands_own_law() {
    let mut sampler = font().sampler(Piano).unwrap();
    let [soft, hard] = [0.5, 1.0].map(|velocity| rms(&sampler.play(&touch(60, velocity)).unwrap().left[..22_050]));
    let expected = instruments::loudness(0.5) / instruments::loudness(1.0);
    assert!((soft / hard - expected).abs() < 0.02, "{soft} {hard}");
}

#[test]
fn a_note_does_not_depend_on_what_was_played_before() {
    let mut fresh = font().sampler(Piano).unwrap();
    let alone = fresh.play(&touch(64, 0.8)).unwrap();
    let mut used = font().sampler(Piano).unwrap();
    used.play(&touch(64, 0.3));
    used.play(&touch(71, 1.0));
    assert!(used.play(&touch(64, 0.8)).unwrap() == alone);
}

#[test]
fn a_file_that_is_none_says_so_wherever_it_ends() {
    let whole = tiny::soundfont();
    for length in [0, 3, 11, 40, whole.len() / 2, whole.len() - 50] {
        let error = SoundFont::read(&whole[..length]).unwrap_err();
        assert!(error.to_string().contains("no intact SoundFont 2"), "{error}");
    }
}

#[test]
fn any_damage_is_an_error_or_a_playable_file_never_a_panic() {
    let whole = tiny::soundfont();
    let parameters = whole.windows(4).position(|name| name == b"pdta").unwrap();
    for place in parameters..whole.len() {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x81;
        let Ok(font) = SoundFont::read(damaged.as_slice()) else {
            continue;
        };
        if let Some(mut sampler) = font.sampler(AcousticKit) {
            let _ = sampler.play(&touch(38, 0.9));
        }
    }
}

#[test]
fn a_song_with_samples_is_the_same_on_any_number_of_threads_and_another_without() {
    let score = song();
    let play = |threads, soundfont| {
        let options = Performance {
            threads: Threads::new(threads),
            soundfont,
            ..Performance::default()
        };
        perform(&score, &options, &Unwatched).unwrap()
    };
    let sampled = play(1, Some(font()));
    assert!(play(2, Some(font())) == sampled);
    assert!(play(1, None).left != sampled.left);
}
