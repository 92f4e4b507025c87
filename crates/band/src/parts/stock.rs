//! What an instrument plays when it was asked for and the genre has no part for it.

use crate::genre::{Comp, CompRole, Voicing};
use crate::instruments::{Nature, profile};
use crate::score::Instrument::{self, *};

/// A part that suits the instrument in any genre.
pub(super) fn comp(instrument: Instrument) -> Comp {
    let nature = profile(instrument).nature;
    let (voicing, role, strum_ms, low, middle, high) = match nature {
        Nature::Strummed if instrument == MutedGuitar => (
            Voicing::High,
            CompRole::Comp,
            4.0,
            "..x. ..x. ..x. ..xg",
            "g.xg ..xg g.xg ..xg",
            "gxXg gxxg gxXg gxxX",
        ),
        Nature::Strummed if instrument == CleanGuitar => (
            Voicing::Guitar,
            CompRole::Comp,
            9.0,
            "1-2- 3-2- 1-2- 3-2-",
            "x--- x-u- x--- x-u-",
            "X-x- x-u- X-x- xuxu",
        ),
        Nature::Strummed if instrument == Ukulele => (
            Voicing::High,
            CompRole::Comp,
            10.0,
            "x--- x-u- --u- x-u-",
            "x-x- xuxu -uxu xuxu",
            "X-xu xuxu -uXu xuxu",
        ),
        Nature::Strummed => (
            Voicing::Guitar,
            CompRole::Comp,
            12.0,
            "B-1- 2-3- F-2- 3-2-",
            "B-1- 2-31 F-2- 3-2-",
            "X--- x-u- --u- x-u-",
        ),
        Nature::Driven => (
            Voicing::Power,
            CompRole::Comp,
            0.0,
            "x--- ---- x--- ----",
            "X.x. x.x. X.x. x.x.",
            "X--- X-x- X-x- X-x-",
        ),
        Nature::Keys => (
            Voicing::Close,
            CompRole::Comp,
            0.0,
            "x--- ---- x--- ----",
            "x--- x--- x--- x---",
            "X--- x-x- x--- x-x-",
        ),
        Nature::Held => (
            Voicing::Wide,
            CompRole::Pad,
            0.0,
            "x--- ---- ---- ----",
            "x--- ---- ---- ----",
            "x--- ---- ---- ----",
        ),
        Nature::Stab if instrument == Clavinet => (
            Voicing::Close,
            CompRole::Comp,
            0.0,
            "B.x. ..x. ..B. x...",
            "B.xx .gx. B.gx .xg.",
            "Bgxx .gxg Bggx xxgx",
        ),
        Nature::Stab => (
            Voicing::Close,
            CompRole::Comp,
            0.0,
            "x--- ---- ---- ....",
            "x--- --x. .... ....",
            "X-.. ..X. .... x-x.",
        ),
        Nature::Picked if matches!(instrument, Banjo | Harpsichord | Arp) => (
            Voicing::High,
            CompRole::Comp,
            0.0,
            "1.2. 3.2. 1.2. 3.2.",
            "1.23 .231 2.31 .232",
            "1231 2312 3123 1231",
        ),
        Nature::Picked if instrument == Mandolin => (
            Voicing::High,
            CompRole::Comp,
            6.0,
            ".... x... .... x...",
            ".... x... .... x.x.",
            "..xx X.xx ..xx X.xx",
        ),
        Nature::Picked => (
            Voicing::High,
            CompRole::Comp,
            0.0,
            "1... 2... 3... 2...",
            "1.2. 3.2. 1.2. 3.2.",
            "1.2. 3.2. 1.3. 2.3.",
        ),
        Nature::Drum => (
            Voicing::Close,
            CompRole::Comp,
            0.0,
            "B--- ---- ---- ----",
            "B--- ---- B--- ----",
            "B--- --B- B--- BBBB",
        ),
        Nature::Noise => (
            Voicing::Power,
            CompRole::Pad,
            0.0,
            "x--- ---- ---- ----",
            "x--- ---- ---- ----",
            "x--- ---- ---- ----",
        ),
        // Those that play one note at a time: long guide tones under the singer.
        Nature::Solo | Nature::Bass | Nature::Kit => (
            Voicing::Close,
            CompRole::Comp,
            0.0,
            "2--- ---- ---- ....",
            "3--- ---- 2--- ----",
            "3--- ---- 2--- 3---",
        ),
    };
    Comp {
        instrument,
        role,
        from: 1.0,
        voicing,
        strum_ms,
        low: low.into(),
        middle: middle.into(),
        high: high.into(),
        pan: pan(instrument),
        reverb: 0.2,
        ..Comp::default()
    }
}

/// Away from the centre, where the voice and the bass are.
fn pan(instrument: Instrument) -> f32 {
    match instrument {
        SteelGuitar | Organ | RockOrgan | Violin | Trumpet | Bell | Banjo | Clavinet | Accordion | Sitar => -0.35,
        NylonGuitar | CleanGuitar | MutedGuitar | CrunchGuitar | Ukulele | Mandolin | PedalSteel | Koto | Shamisen
        | Saxophone | AltoSaxophone | Flute | PanFlute | Whistle | Oboe | Pluck | Arp | Harp | Pizzicato => 0.35,
        Piano | HonkyTonk | Vibraphone | Marimba | Xylophone | Kalimba | Trombone => 0.2,
        ElectricPiano | ReedPiano | Viola | Cello | Glockenspiel | Celesta | MusicBox | SteelDrum | Clarinet
        | FrenchHorn | Harmonica | Erhu | MutedTrumpet => -0.2,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genre::{Alphabet, figure};
    use crate::instruments::ALL;
    use crate::score::Meter;

    #[test]
    fn every_instrument_has_something_to_play() {
        for &instrument in ALL {
            let comp = comp(instrument);
            for pattern in [&comp.low, &comp.middle, &comp.high].map(|variants| variants.at(0)) {
                assert!(
                    !figure(pattern, Alphabet::Comp, Meter { beats: 4, unit: 4 }).is_empty(),
                    "{instrument:?}"
                );
                assert_eq!(
                    pattern.chars().filter(|sign| *sign != ' ').count(),
                    16,
                    "{instrument:?}"
                );
            }
        }
    }
}
