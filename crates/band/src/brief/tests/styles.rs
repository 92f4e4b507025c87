//! Styles, blends, eras and everyday words.

use super::read;
use crate::score::Instrument::{self, *};

/// Prompt, leading genre, tempo within, metre, and a sound the style brings (or the genre's own).
type Row = (&'static str, &'static str, (f64, f64), (u8, u8), Option<Instrument>);

const STYLES: &[Row] = &[
    ("polka", "country", (112.0, 128.0), (2, 4), Some(Accordion)),
    ("waltz", "folk", (90.0, 150.0), (3, 4), Some(Strings)),
    ("tango", "bossa nova", (112.0, 128.0), (4, 4), Some(Accordion)),
    ("salsa", "bossa nova", (90.0, 112.0), (4, 4), Some(Brass)),
    ("samba", "bossa nova", (98.0, 108.0), (4, 4), Some(Flute)),
    ("bachata", "bossa nova", (122.0, 132.0), (4, 4), Some(NylonGuitar)),
    ("cumbia", "bossa nova", (88.0, 104.0), (4, 4), Some(Accordion)),
    ("reggaeton", "trap", (88.0, 98.0), (4, 4), Some(SubBass)),
    ("reggaetón", "trap", (88.0, 98.0), (4, 4), Some(SubBass)),
    ("afrobeat", "funk", (104.0, 118.0), (4, 4), Some(Brass)),
    ("afrobeats", "k-pop", (98.0, 112.0), (4, 4), Some(Pluck)),
    ("amapiano", "house", (110.0, 116.0), (4, 4), Some(SubBass)),
    ("ska", "reggae", (140.0, 168.0), (4, 4), Some(Brass)),
    ("punk", "rock", (160.0, 200.0), (4, 4), Some(DistortedGuitar)),
    ("grunge", "rock", (96.0, 120.0), (4, 4), Some(DistortedGuitar)),
    ("shoegaze", "rock", (84.0, 116.0), (4, 4), Some(WarmPad)),
    ("indie", "rock", (104.0, 138.0), (4, 4), Some(CleanGuitar)),
    ("emo", "rock", (116.0, 160.0), (4, 4), Some(CleanGuitar)),
    ("bluegrass", "country", (120.0, 156.0), (4, 4), Some(Banjo)),
    ("celtic", "folk", (150.0, 198.0), (6, 8), Some(Violin)),
    ("irish folk", "folk", (150.0, 198.0), (6, 8), Some(Whistle)),
    ("sea shanty", "folk", (144.0, 180.0), (6, 8), Some(Choir)),
    ("klezmer", "folk", (112.0, 144.0), (4, 4), Some(Clarinet)),
    ("flamenco", "bossa nova", (110.0, 140.0), (4, 4), Some(NylonGuitar)),
    ("fado", "ballad", (72.0, 92.0), (4, 4), Some(NylonGuitar)),
    ("chanson", "folk", (84.0, 120.0), (3, 4), Some(Accordion)),
    ("schlager", "pop", (118.0, 132.0), (4, 4), Some(Supersaw)),
    ("march", "cinematic", (108.0, 122.0), (2, 4), Some(Brass)),
    ("hymn", "gospel", (72.0, 92.0), (4, 4), Some(PipeOrgan)),
    ("classical", "cinematic", (72.0, 116.0), (4, 4), Some(Strings)),
    ("baroque", "cinematic", (80.0, 112.0), (4, 4), Some(Harpsichord)),
    ("raga", "ambient", (66.0, 96.0), (4, 4), Some(Sitar)),
    ("japanese", "folk", (60.0, 96.0), (4, 4), Some(Koto)),
    ("gregorian chant", "ambient", (52.0, 66.0), (4, 4), Some(Choir)),
    ("opera", "cinematic", (66.0, 96.0), (4, 4), Some(Strings)),
    ("musical theatre", "ballad", (96.0, 132.0), (4, 4), Some(Piano)),
    ("lullaby", "children", (60.0, 76.0), (3, 4), Some(Glockenspiel)),
    ("swing", "jazz", (132.0, 172.0), (4, 4), Some(Brass)),
    ("big band", "jazz", (132.0, 172.0), (4, 4), Some(Saxophone)),
    ("bebop", "jazz", (180.0, 240.0), (4, 4), Some(Saxophone)),
    ("boogie-woogie", "blues", (140.0, 168.0), (4, 4), Some(Piano)),
    ("ragtime", "jazz", (92.0, 112.0), (4, 4), Some(HonkyTonk)),
    ("doo-wop", "ballad", (99.0, 165.0), (12, 8), Some(Choir)),
    ("motown", "soul", (104.0, 128.0), (4, 4), Some(Brass)),
    ("disco", "house", (112.0, 124.0), (4, 4), Some(Strings)),
    ("new wave", "synthwave", (120.0, 148.0), (4, 4), Some(CleanGuitar)),
    ("post-punk", "rock", (118.0, 150.0), (4, 4), Some(ElectricBass)),
    ("industrial", "metal", (112.0, 136.0), (4, 4), Some(SynthBass)),
    ("ebm", "metal", (112.0, 136.0), (4, 4), Some(SynthBass)),
    ("techno", "trance", (126.0, 138.0), (4, 4), Some(SynthBass)),
    ("hardstyle", "trance", (148.0, 156.0), (4, 4), Some(SawLead)),
    ("gabber", "trance", (168.0, 192.0), (4, 4), Some(SawLead)),
    ("dub", "reggae", (66.0, 78.0), (4, 4), Some(Organ)),
    ("dancehall", "reggae", (92.0, 106.0), (4, 4), Some(SynthBass)),
    ("grime", "trap", (138.0, 142.0), (4, 4), Some(SquareLead)),
    ("drill", "trap", (138.0, 146.0), (4, 4), Some(Bass808)),
    ("phonk", "trap", (130.0, 160.0), (4, 4), Some(Bell)),
    ("vaporwave", "synthwave", (62.0, 84.0), (4, 4), Some(ElectricPiano)),
    ("chillwave", "synthwave", (84.0, 108.0), (4, 4), Some(WarmPad)),
    ("hyperpop", "k-pop", (140.0, 168.0), (4, 4), Some(SquareLead)),
    ("chiptune", "synthwave", (120.0, 150.0), (4, 4), Some(SquareLead)),
    ("8-bit adventure", "synthwave", (120.0, 150.0), (4, 4), Some(SquareLead)),
    (
        "video game music",
        "synthwave",
        (120.0, 150.0),
        (4, 4),
        Some(SquareLead),
    ),
    ("new age", "ambient", (52.0, 66.0), (4, 4), Some(PanFlute)),
    ("meditation", "ambient", (52.0, 66.0), (4, 4), Some(WarmPad)),
    ("post-rock", "rock", (80.0, 116.0), (4, 4), Some(CleanGuitar)),
    ("math rock", "rock", (120.0, 150.0), (7, 8), Some(CleanGuitar)),
    ("prog rock", "rock", (96.0, 132.0), (4, 4), Some(RockOrgan)),
    ("psychedelic", "rock", (88.0, 118.0), (4, 4), Some(RockOrgan)),
    ("surf rock", "rock", (140.0, 170.0), (4, 4), Some(CleanGuitar)),
    ("rockabilly", "blues", (150.0, 180.0), (4, 4), Some(UprightBass)),
    ("rock 'n' roll", "blues", (150.0, 180.0), (4, 4), Some(Saxophone)),
    ("spiritual", "gospel", (66.0, 92.0), (4, 4), Some(Choir)),
    ("worship", "ballad", (68.0, 88.0), (4, 4), Some(Piano)),
    ("j-pop", "k-pop", (132.0, 168.0), (4, 4), Some(Strings)),
    ("city pop", "funk", (96.0, 116.0), (4, 4), Some(ElectricPiano)),
    ("anime opening", "k-pop", (132.0, 168.0), (4, 4), Some(DistortedGuitar)),
    ("bollywood", "k-pop", (96.0, 124.0), (4, 4), Some(Strings)),
    ("arabic", "folk", (92.0, 120.0), (4, 4), Some(Strings)),
    ("turkish folk", "folk", (96.0, 190.0), (9, 8), Some(Mandolin)),
    ("african", "funk", (104.0, 118.0), (4, 4), Some(Brass)),
    ("latin pop", "bossa nova", (96.0, 116.0), (4, 4), Some(Trumpet)),
    ("calypso", "reggae", (104.0, 130.0), (4, 4), Some(SteelDrum)),
    ("soca", "reggae", (104.0, 130.0), (4, 4), Some(Brass)),
    ("mariachi", "country", (100.0, 140.0), (3, 4), Some(Trumpet)),
    ("ranchera", "country", (100.0, 140.0), (3, 4), Some(Violin)),
    ("norteño", "country", (100.0, 140.0), (2, 4), Some(Accordion)),
    ("christmas song", "children", (96.0, 124.0), (4, 4), Some(Bell)),
    ("halloween", "cinematic", (72.0, 104.0), (4, 4), Some(PipeOrgan)),
    ("wedding song", "ballad", (66.0, 84.0), (4, 4), Some(Strings)),
    ("birthday song", "pop", (112.0, 128.0), (4, 4), Some(Brass)),
    ("corporate", "pop", (112.0, 126.0), (4, 4), Some(Pluck)),
    ("trailer music", "cinematic", (76.0, 104.0), (4, 4), Some(Choir)),
    ("uk garage", "house", (128.0, 136.0), (4, 4), Some(SubBass)),
    ("trip-hop", "hip hop", (76.0, 94.0), (4, 4), Some(Strings)),
    ("spaghetti western", "cinematic", (84.0, 112.0), (4, 4), Some(Trumpet)),
    ("film noir", "jazz", (84.0, 126.0), (4, 4), Some(Saxophone)),
    ("synth-pop", "synthwave", (104.0, 126.0), (4, 4), Some(Supersaw)),
    ("folk punk", "rock", (140.0, 176.0), (4, 4), Some(Violin)),
    ("orchestral metal", "metal", (120.0, 160.0), (4, 4), Some(Strings)),
];

#[test]
fn styles_without_a_file_are_played_as_the_nearest_blend() {
    for (prompt, genre, (low, high), meter, sound) in STYLES {
        let brief = read(prompt);
        assert_eq!(brief.style.names[0], *genre, "{prompt}");
        assert!((*low..=*high).contains(&brief.tempo), "{prompt}: {}", brief.tempo);
        assert_eq!((brief.meter.beats, brief.meter.unit), *meter, "{prompt}");
        if let Some(sound) = sound {
            assert!(brief.style.plays.contains(sound), "{prompt}: {:?}", brief.style.plays);
        }
        let decision = brief
            .decisions
            .iter()
            .find(|decision| decision.what == "genre")
            .unwrap();
        assert!(decision.because.contains("played as"), "{prompt}: {}", decision.because);
    }
}

#[test]
fn a_form_shapes_the_genre_beside_it_and_is_one_alone() {
    for (prompt, names, meter) in [
        ("EDM anthem", vec!["house", "trance"], (4, 4)),
        ("rap anthem", vec!["hip hop"], (4, 4)),
        ("jazz anthem", vec!["jazz"], (4, 4)),
        ("anthem, jazz", vec!["jazz"], (4, 4)),
        ("jazz waltz", vec!["jazz"], (3, 4)),
        ("a waltz in a metal style", vec!["metal"], (3, 4)),
        ("metal march", vec!["metal"], (2, 4)),
        ("pop lullaby", vec!["pop"], (3, 4)),
        ("reggae hymn", vec!["reggae"], (4, 4)),
        ("anthem", vec!["rock", "cinematic"], (4, 4)),
        ("waltz", vec!["folk"], (3, 4)),
        ("hymn", vec!["gospel", "ballad"], (4, 4)),
        ("lullaby", vec!["children", "ballad"], (3, 4)),
    ] {
        let brief = read(prompt);
        assert_eq!(brief.style.names, names, "{prompt}");
        assert_eq!((brief.meter.beats, brief.meter.unit), meter, "{prompt}");
    }
}

#[test]
fn any_two_genres_blend() {
    for (prompt, names) in [
        ("jazzy lo-fi", vec!["lo-fi", "jazz"]),
        ("country trap", vec!["trap", "country"]),
        ("reggae metal", vec!["metal", "reggae"]),
        ("house with gospel", vec!["house", "gospel"]),
        ("blues and techno", vec!["blues", "trance"]),
        ("ambient folk", vec!["folk", "ambient"]),
        ("bossa nova house", vec!["house", "bossa nova"]),
        ("soul, funk", vec!["soul", "funk"]),
        ("cinematic hip hop", vec!["hip hop", "cinematic"]),
        ("jazz punk", vec!["rock", "jazz"]),
    ] {
        assert_eq!(read(prompt).style.names, names, "{prompt}");
    }
}

#[test]
fn everyday_words_are_no_genre() {
    for prompt in [
        "I left the house at dawn",
        "rock me gently",
        "pop the question",
        "a key to my heart and soul mate",
        "we own the club",
        "our children are sleeping",
        "swing by my place",
        "take me to the country where I grew up",
        "they dance around the fire",
    ] {
        assert_eq!(read(prompt).style.names, ["pop"], "{prompt}");
    }
    for (prompt, genre) in [
        ("house about leaving the club", "house"),
        ("I left the house, folk", "folk"),
        ("classic rock about a house", "rock"),
        ("deep house", "house"),
        ("the soul music of Memphis", "soul"),
        ("make it rock, heavy", "rock"),
    ] {
        assert_eq!(read(prompt).style.names[0], genre, "{prompt}");
    }
}

#[test]
fn eras_bend_drums_sounds_and_mix() {
    let plain = read("pop");
    let eighties = read("80s pop");
    assert_eq!(eighties.style.names, ["pop"]);
    assert_eq!(eighties.style.rhythm.kit, ElectronicKit);
    assert!(eighties.style.plays.contains(&Supersaw));
    assert!(eighties.style.rhythm.mix.reverb_seconds > plain.style.rhythm.mix.reverb_seconds);
    let seventies = read("1970s soul");
    assert!(seventies.style.plays.contains(&ElectricPiano));
    let fifties = read("fifties pop");
    assert_eq!(fifties.style.rhythm.feel.swing_unit, 8);
    assert!(fifties.style.rhythm.mix.brightness < plain.style.rhythm.mix.brightness);
    assert_eq!(fifties.style.replaced.get(&ElectricBass), Some(&UprightBass));
    for (prompt, genre) in [
        ("80s", "synthwave"),
        ("something from the 1950s", "blues"),
        ("roaring twenties", "jazz"),
        ("retro", "synthwave"),
        ("medieval", "folk"),
        ("20s jazz", "jazz"),
        ("nineties", "pop"),
    ] {
        assert_eq!(read(prompt).style.names[0], genre, "{prompt}");
    }
    assert!(
        read("not 80s, pop")
            .decisions
            .iter()
            .all(|decision| decision.what != "era")
    );
}

#[test]
fn moods_add_up_and_negations_turn_them() {
    let mood = |prompt: &str| read(prompt).mood;
    for prompt in ["joyful pop", "happy pop", "feel-good pop", "very cheerful pop"] {
        assert!(mood(prompt).brightness > 0.5, "{prompt}");
    }
    for prompt in [
        "sad pop",
        "spooky pop",
        "dark pop",
        "traurig, pop",
        "悲しいポップ",
        "грустный поп",
    ] {
        assert!(mood(prompt).brightness < -0.5, "{prompt}");
    }
    for prompt in ["high energy pop", "angry pop", "intense pop", "epic pop"] {
        assert!(mood(prompt).energy > 0.4, "{prompt}");
    }
    for prompt in ["laid-back pop", "calm pop", "tender pop", "low energy pop"] {
        assert!(mood(prompt).energy < -0.3, "{prompt}");
    }
    assert!(mood("dreamy pop").space > 0.5);
    assert!(mood("not sad pop").brightness > 0.0);
    assert!(mood("very sad pop").brightness < mood("a bit sad pop").brightness);
    assert_eq!(mood("pop with heavy guitars, soft piano"), mood("pop"));
}
