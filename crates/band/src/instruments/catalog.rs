//! What is known of every instrument besides its sound: where it plays, how it is let go, what others call it.

use super::{Habit, Release};
use crate::score::Instrument::{self, *};

/// What kind of player an instrument is, as far as writing a part for it is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    /// Pitches are drum numbers.
    Kit,
    /// One low note at a time.
    Bass,
    /// Several strings under one hand.
    Strummed,
    /// Power chords through an amplifier.
    Driven,
    /// Chords under two hands.
    Keys,
    /// Single notes of a chord, left to ring.
    Picked,
    /// Chords held behind everything.
    Held,
    /// Short chords that punctuate.
    Stab,
    /// One melody.
    Solo,
    /// Roots only, from time to time.
    Drum,
    /// No pitch at all.
    Noise,
}

/// One instrument's row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Profile {
    /// What kind of player it is.
    pub(crate) nature: Nature,
    /// The nearest General MIDI program, counted from 0; of no meaning for kits.
    pub(crate) program: u8,
    /// Nothing it plays is below this, hertz: the mixer cuts there.
    pub(crate) low_cut: f32,
    /// The lowest and the highest note it is made for; drum numbers for kits.
    pub(crate) range: (u8, u8),
    /// How its notes may be reused.
    pub(crate) habit: Habit,
}

/// Everything in the order of [`Instrument`].
#[cfg(test)]
pub(crate) const ALL: &[Instrument] = &[
    AcousticKit,
    BrushKit,
    ElectronicKit,
    BoomBapKit,
    HouseKit,
    TrapKit,
    GatedKit,
    OrchestralKit,
    LatinKit,
    ElectricBass,
    PickedBass,
    SlapBass,
    FretlessBass,
    UprightBass,
    SynthBass,
    ReeseBass,
    SubBass,
    Bass808,
    AcidBass,
    WobbleBass,
    SteelGuitar,
    NylonGuitar,
    CleanGuitar,
    MutedGuitar,
    CrunchGuitar,
    DistortedGuitar,
    PedalSteel,
    Ukulele,
    Banjo,
    Mandolin,
    Harp,
    Sitar,
    Koto,
    Shamisen,
    Piano,
    HonkyTonk,
    FeltPiano,
    ElectricPiano,
    ReedPiano,
    Clavinet,
    Harpsichord,
    Organ,
    RockOrgan,
    PipeOrgan,
    Accordion,
    Harmonica,
    Strings,
    TremoloStrings,
    Pizzicato,
    Violin,
    Viola,
    Cello,
    Erhu,
    Brass,
    Trumpet,
    MutedTrumpet,
    Trombone,
    FrenchHorn,
    Saxophone,
    AltoSaxophone,
    Clarinet,
    Oboe,
    Flute,
    PanFlute,
    Whistle,
    Choir,
    OohChoir,
    VocalChop,
    WarmPad,
    GlassPad,
    SweepPad,
    SawLead,
    SquareLead,
    FmLead,
    Pluck,
    Arp,
    Supersaw,
    Bell,
    Vibraphone,
    Glockenspiel,
    Marimba,
    Xylophone,
    Kalimba,
    SteelDrum,
    TubularBells,
    Celesta,
    MusicBox,
    Timpani,
    Riser,
    Impact,
    CymbalSwell,
    VinylCrackle,
];

/// The row of `instrument`.
pub(crate) fn profile(instrument: Instrument) -> Profile {
    use Nature::*;
    use Release::*;
    // Nature, program, low cut, range, variants, release.
    match instrument {
        AcousticKit => row(Kit, 0, 28.0, (27, 87), 4, Own),
        BrushKit => row(Kit, 40, 28.0, (27, 87), 4, Own),
        ElectronicKit => row(Kit, 24, 28.0, (27, 87), 3, Own),
        BoomBapKit => row(Kit, 0, 28.0, (27, 87), 3, Own),
        HouseKit => row(Kit, 24, 28.0, (27, 87), 3, Own),
        TrapKit => row(Kit, 25, 28.0, (27, 87), 3, Own),
        GatedKit => row(Kit, 16, 28.0, (27, 87), 3, Own),
        OrchestralKit => row(Kit, 48, 26.0, (27, 87), 4, Own),
        LatinKit => row(Kit, 0, 45.0, (27, 87), 4, Own),

        ElectricBass => row(Bass, 33, 32.0, (28, 55), 3, Damped(0.10)),
        PickedBass => row(Bass, 34, 32.0, (28, 55), 3, Damped(0.09)),
        SlapBass => row(Bass, 36, 32.0, (28, 55), 3, Damped(0.06)),
        FretlessBass => row(Bass, 35, 32.0, (28, 55), 2, Damped(0.12)),
        UprightBass => row(Bass, 32, 32.0, (28, 55), 3, Damped(0.13)),
        SynthBass => row(Bass, 38, 32.0, (28, 60), 1, Own),
        ReeseBass => row(Bass, 87, 28.0, (28, 60), 1, Own),
        SubBass => row(Bass, 39, 24.0, (26, 52), 1, Own),
        Bass808 => row(Bass, 39, 24.0, (26, 52), 1, Own),
        AcidBass => row(Bass, 38, 32.0, (28, 64), 1, Own),
        WobbleBass => row(Bass, 87, 26.0, (26, 52), 4, Own),

        SteelGuitar => row(Strummed, 25, 78.0, (40, 84), 3, Damped(0.22)),
        NylonGuitar => row(Strummed, 24, 78.0, (40, 83), 3, Damped(0.18)),
        CleanGuitar => row(Strummed, 27, 95.0, (40, 86), 3, Damped(0.14)),
        MutedGuitar => row(Strummed, 28, 110.0, (40, 84), 3, Damped(0.05)),
        CrunchGuitar => row(Driven, 29, 90.0, (35, 84), 3, Damped(0.07)),
        DistortedGuitar => row(Driven, 30, 95.0, (35, 84), 3, Damped(0.07)),
        PedalSteel => row(Held, 26, 120.0, (45, 88), 2, Damped(0.35)),
        Ukulele => row(Strummed, 24, 180.0, (55, 86), 3, Damped(0.14)),
        Banjo => row(Picked, 105, 130.0, (50, 88), 3, Damped(0.16)),
        Mandolin => row(Picked, 25, 150.0, (55, 93), 3, Damped(0.14)),
        Harp => row(Picked, 46, 65.0, (36, 96), 2, Damped(0.9)),
        Sitar => row(Picked, 104, 100.0, (48, 84), 3, Damped(0.30)),
        Koto => row(Picked, 107, 95.0, (48, 88), 3, Damped(0.40)),
        Shamisen => row(Picked, 106, 120.0, (48, 84), 3, Damped(0.12)),

        Piano => row(Keys, 0, 65.0, (28, 96), 1, Damped(0.25)),
        HonkyTonk => row(Keys, 3, 65.0, (36, 96), 1, Damped(0.22)),
        FeltPiano => row(Keys, 0, 60.0, (28, 93), 2, Damped(0.30)),
        ElectricPiano => row(Keys, 4, 110.0, (36, 93), 1, Damped(0.22)),
        ReedPiano => row(Keys, 5, 110.0, (36, 93), 1, Damped(0.16)),
        Clavinet => row(Stab, 7, 100.0, (40, 88), 2, Damped(0.06)),
        Harpsichord => row(Picked, 6, 90.0, (36, 89), 2, Damped(0.18)),
        Organ => row(Keys, 16, 65.0, (36, 93), 1, Own),
        RockOrgan => row(Keys, 18, 65.0, (36, 93), 1, Own),
        PipeOrgan => row(Held, 19, 40.0, (36, 93), 1, Own),
        Accordion => row(Keys, 21, 100.0, (48, 91), 1, Own),
        Harmonica => row(Solo, 22, 180.0, (57, 91), 2, Own),

        Strings => row(Held, 48, 110.0, (36, 93), 1, Own),
        TremoloStrings => row(Held, 44, 110.0, (36, 93), 1, Own),
        Pizzicato => row(Picked, 45, 100.0, (36, 91), 3, Own),
        Violin => row(Solo, 40, 130.0, (55, 96), 2, Own),
        Viola => row(Solo, 41, 110.0, (48, 88), 2, Own),
        Cello => row(Solo, 42, 65.0, (36, 76), 2, Own),
        Erhu => row(Solo, 110, 150.0, (62, 93), 2, Own),
        Brass => row(Stab, 61, 65.0, (41, 82), 1, Own),
        Trumpet => row(Solo, 56, 130.0, (54, 86), 2, Own),
        MutedTrumpet => row(Solo, 59, 150.0, (54, 86), 2, Own),
        Trombone => row(Solo, 57, 75.0, (40, 72), 2, Own),
        FrenchHorn => row(Held, 60, 75.0, (41, 77), 1, Own),
        Saxophone => row(Solo, 66, 100.0, (44, 84), 2, Own),
        AltoSaxophone => row(Solo, 65, 130.0, (49, 88), 2, Own),
        Clarinet => row(Solo, 71, 120.0, (50, 91), 2, Own),
        Oboe => row(Solo, 68, 180.0, (58, 91), 2, Own),
        Flute => row(Solo, 73, 180.0, (60, 96), 2, Own),
        PanFlute => row(Solo, 75, 180.0, (60, 93), 2, Own),
        Whistle => row(Solo, 78, 300.0, (67, 98), 2, Own),
        Choir => row(Held, 52, 110.0, (43, 84), 1, Own),
        OohChoir => row(Held, 53, 110.0, (43, 84), 1, Own),
        VocalChop => row(Stab, 54, 150.0, (48, 84), 1, Own),

        WarmPad => row(Held, 89, 110.0, (36, 88), 1, Own),
        GlassPad => row(Held, 98, 130.0, (48, 96), 1, Own),
        SweepPad => row(Held, 95, 100.0, (36, 88), 1, Own),
        SawLead => row(Solo, 81, 130.0, (48, 96), 1, Own),
        SquareLead => row(Solo, 80, 130.0, (48, 96), 1, Own),
        FmLead => row(Solo, 84, 130.0, (48, 96), 1, Own),
        Pluck => row(Picked, 96, 130.0, (40, 96), 1, Own),
        Arp => row(Picked, 87, 130.0, (40, 96), 1, Own),
        Supersaw => row(Stab, 90, 130.0, (40, 90), 1, Own),
        Bell => row(Picked, 14, 150.0, (60, 96), 1, Own),

        Vibraphone => row(Picked, 11, 150.0, (53, 89), 1, Damped(0.5)),
        Glockenspiel => row(Picked, 9, 200.0, (72, 103), 1, Own),
        Marimba => row(Picked, 12, 90.0, (45, 93), 2, Own),
        Xylophone => row(Picked, 13, 200.0, (65, 103), 2, Own),
        Kalimba => row(Picked, 108, 150.0, (55, 88), 2, Own),
        SteelDrum => row(Picked, 114, 150.0, (52, 88), 2, Own),
        TubularBells => row(Picked, 14, 120.0, (60, 84), 1, Own),
        Celesta => row(Picked, 8, 180.0, (60, 103), 1, Own),
        MusicBox => row(Picked, 10, 250.0, (67, 103), 1, Own),
        Timpani => row(Drum, 47, 45.0, (36, 60), 3, Own),

        Riser => row(Noise, 97, 150.0, (60, 60), 1, Own),
        Impact => row(Noise, 127, 28.0, (36, 36), 1, Own),
        CymbalSwell => row(Noise, 119, 200.0, (60, 60), 1, Own),
        VinylCrackle => row(Noise, 122, 150.0, (60, 72), 1, Own),
    }
}

fn row(nature: Nature, program: u8, low_cut: f32, range: (u8, u8), variants: u32, release: Release) -> Profile {
    Profile {
        nature,
        program,
        low_cut,
        range,
        habit: Habit { variants, release },
    }
}

/// Whether a note may slide from the one before.
pub(crate) fn glides(instrument: Instrument) -> bool {
    matches!(
        instrument,
        FretlessBass
            | SynthBass
            | ReeseBass
            | SubBass
            | Bass808
            | AcidBass
            | PedalSteel
            | Erhu
            | SawLead
            | SquareLead
            | FmLead
    )
}

/// Where within the instrument a note sits, −1 left to 1 right: keys by pitch.
pub(crate) fn place(instrument: Instrument, pitch: u8) -> f32 {
    let spread = |middle: f32, reach: f32, most: f32| ((f32::from(pitch) - middle) / reach).clamp(-most, most);
    match instrument {
        Piano | HonkyTonk | FeltPiano => spread(62.0, 50.0, 0.45),
        Vibraphone | Glockenspiel | Harp | Marimba | Xylophone | Celesta => spread(70.0, 40.0, 0.5),
        PipeOrgan | Accordion | Harpsichord => spread(66.0, 70.0, 0.3),
        _ => 0.0,
    }
}
