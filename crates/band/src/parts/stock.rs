//! What an instrument plays when it was asked for and the genre has no part for it.

use crate::genre::{Comp, CompRole, Voicing};
use crate::score::Instrument::{self, *};

/// A part that suits the instrument in any genre.
pub(super) fn comp(instrument: Instrument) -> Comp {
    let (voicing, role, strum_ms, low, middle, high) = match instrument {
        SteelGuitar | NylonGuitar => (
            Voicing::Guitar,
            CompRole::Comp,
            12.0,
            "B-1- 2-3- F-2- 3-2-",
            "B-1- 2-31 F-2- 3-2-",
            "X--- x-u- --u- x-u-",
        ),
        CleanGuitar => (
            Voicing::Guitar,
            CompRole::Comp,
            9.0,
            "1-2- 3-2- 1-2- 3-2-",
            "x--- x-u- x--- x-u-",
            "X-x- x-u- X-x- xuxu",
        ),
        DistortedGuitar => (
            Voicing::Power,
            CompRole::Comp,
            0.0,
            "x--- ---- x--- ----",
            "X.x. x.x. X.x. x.x.",
            "X--- X-x- X-x- X-x-",
        ),
        Piano | ElectricPiano | Organ => (
            Voicing::Close,
            CompRole::Comp,
            0.0,
            "x--- ---- x--- ----",
            "x--- x--- x--- x---",
            "X--- x-x- x--- x-x-",
        ),
        Strings | Choir | WarmPad => (
            Voicing::Wide,
            CompRole::Pad,
            0.0,
            "x--- ---- ---- ----",
            "x--- ---- ---- ----",
            "x--- ---- ---- ----",
        ),
        Brass | Supersaw => (
            Voicing::Close,
            CompRole::Comp,
            0.0,
            "x--- ---- ---- ....",
            "x--- --x. .... ....",
            "X-.. ..X. .... x-x.",
        ),
        Pluck | Bell | Glockenspiel | Vibraphone | Harp => (
            Voicing::High,
            CompRole::Comp,
            0.0,
            "1... 2... 3... 2...",
            "1.2. 3.2. 1.2. 3.2.",
            "1.2. 3.2. 1.3. 2.3.",
        ),
        // Those that play one note at a time: long guide tones under the singer.
        _ => (
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
        SteelGuitar | Organ | Violin | Trumpet | Bell => -0.35,
        NylonGuitar | CleanGuitar | Saxophone | Flute | Pluck | Harp => 0.35,
        Piano | Vibraphone => 0.2,
        ElectricPiano | Cello | Glockenspiel => -0.2,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genre::{Alphabet, figure};
    use crate::score::Meter;

    #[test]
    fn every_instrument_has_something_to_play() {
        for instrument in [
            Piano,
            SteelGuitar,
            DistortedGuitar,
            Strings,
            Brass,
            Bell,
            Violin,
            Flute,
            SawLead,
            Cello,
        ] {
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
