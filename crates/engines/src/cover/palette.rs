//! The colours of covers.
//!
//! Mode and energy choose the family, the seed one of its four palettes:
//!
//! | | calm | lively |
//! | --- | --- | --- |
//! | minor | night: deep blues, violets, greens | ember: near black with glowing accents |
//! | major | dawn: paper and pastel grounds | noon: saturated grounds |

use super::colour::Colour;
use super::portrait::Portrait;

/// Colours that go together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    /// What everything stands on.
    pub(super) ground: Colour,
    /// A neighbour of the ground, for skies and shades.
    pub(super) glow: Colour,
    /// For letters: readable on the ground.
    pub(super) ink: Colour,
    /// For the kinds of parts: choruses, verses, edges, everything else.
    pub(super) accents: [Colour; 4],
}

impl Palette {
    const fn new(ground: u32, glow: u32, ink: u32, accents: [u32; 4]) -> Self {
        let [a, b, c, d] = accents;
        Self {
            ground: Colour::hex(ground),
            glow: Colour::hex(glow),
            ink: Colour::hex(ink),
            accents: [Colour::hex(a), Colour::hex(b), Colour::hex(c), Colour::hex(d)],
        }
    }

    /// The darker one of ground and ink.
    pub(super) fn deep(&self) -> Colour {
        if self.is_light() { self.ink } else { self.ground }
    }

    /// The lighter one of ground and ink.
    pub(super) fn pale(&self) -> Colour {
        if self.is_light() { self.ground } else { self.ink }
    }

    fn is_light(&self) -> bool {
        self.ground.luminance() > self.ink.luminance()
    }
}

const NIGHT: [Palette; 4] = [
    Palette::new(
        0x0B_1026,
        0x2A_356B,
        0xF2_EFE6,
        [0xF4_C95D, 0x7F_B7BE, 0xE9_E3D5, 0xD0_708A],
    ),
    Palette::new(
        0x0E_2A3B,
        0x23_5F7E,
        0xF5_F1E8,
        [0xF2_A65A, 0x90_BEDE, 0xEF_E6DD, 0x5F_A8A0],
    ),
    Palette::new(
        0x1E_1433,
        0x4F_2F72,
        0xF6_EEF8,
        [0xEE_AF7B, 0xB0_84CC, 0xF3_D9DC, 0x6C_8EBF],
    ),
    Palette::new(
        0x0F_2420,
        0x28_5D53,
        0xF1_F0E4,
        [0xE9_C03A, 0x8F_C0A9, 0xFA_F3DD, 0xD0_6A4C],
    ),
];
const EMBER: [Palette; 4] = [
    Palette::new(
        0x16_0A0D,
        0x5B_1A1E,
        0xFB_EFE3,
        [0xFF_5A36, 0xFF_B238, 0xF7_E3C4, 0xC2_3B74],
    ),
    Palette::new(
        0x12_062B,
        0x4B_0F6B,
        0xF7_F0FF,
        [0xFF_2E88, 0x21_D4FD, 0xFD_E74C, 0x9B_5DE5],
    ),
    Palette::new(
        0x11_1417,
        0x3A_4148,
        0xF2_F4F5,
        [0xE6_3946, 0xA8_B2BD, 0xF1_FAEE, 0xF4_A261],
    ),
    Palette::new(
        0x07_1618,
        0x15_4A4C,
        0xEF_FFFA,
        [0x12_E7A2, 0xFF_D166, 0xEF_5D80, 0x9A_E3F5],
    ),
];
const DAWN: [Palette; 4] = [
    Palette::new(
        0xF3_E9DC,
        0xF6_D2B8,
        0x2B_2D42,
        [0xC8_553D, 0x58_8B8B, 0xF2_8F3B, 0x2D_4A6B],
    ),
    Palette::new(
        0xEF_F1E3,
        0xD0_E0B8,
        0x24_362B,
        [0xE0_7A5F, 0x3D_7C5F, 0xF2_C14E, 0x56_738F],
    ),
    Palette::new(
        0xE8_F1F2,
        0xB9_DAE1,
        0x14_323F,
        [0xE2_7D60, 0x2A_7F9E, 0xF0_B95B, 0x41_506B],
    ),
    Palette::new(
        0xFB_EDEE,
        0xF5_C9C6,
        0x3B_1F3A,
        [0xB8_405E, 0xE5_8F65, 0x5D_5B8D, 0x2E_8B84],
    ),
];
const NOON: [Palette; 4] = [
    Palette::new(
        0xFF_D23F,
        0xFF_AE27,
        0x1B_1B3A,
        [0xEE_4266, 0x0B_8F5A, 0x3B_5BDB, 0xFF_F6DE],
    ),
    Palette::new(
        0xF7_6C5E,
        0xFA_9A6B,
        0x2A_0F2E,
        [0x2B_2D5B, 0xFF_D166, 0xFF_F1E0, 0x0E_7C7B],
    ),
    Palette::new(
        0x1F_B5BD,
        0x6A_D7C5,
        0x06_222E,
        [0xE4_572E, 0xFF_F3DA, 0xFF_D97D, 0x0B_3C5D],
    ),
    Palette::new(
        0xFF_F4E4,
        0xFF_D8BD,
        0x27_2343,
        [0xFF_6B6B, 0x3A_AFA9, 0xFF_B400, 0x5C_4FB0],
    ),
];

/// What counts as lively, as the mean energy of a song.
const LIVELY: f32 = 0.55;

/// The palette of a song.
pub(super) fn choose(portrait: &Portrait) -> &'static Palette {
    let family = match (portrait.minor, portrait.energy >= LIVELY) {
        (true, false) => &NIGHT,
        (true, true) => &EMBER,
        (false, false) => &DAWN,
        (false, true) => &NOON,
    };
    &family[portrait.chance(0, 4)]
}

#[cfg(test)]
mod tests {
    use super::{Colour, DAWN, EMBER, NIGHT, NOON};

    /// From 1 to 21 (WCAG 2.1): 4.5 is asked for small letters.
    fn contrast(one: Colour, other: Colour) -> f32 {
        let (one, other) = (one.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn letters_can_be_read_and_shapes_seen_on_every_ground() {
        for palette in [NIGHT, EMBER, DAWN, NOON].iter().flatten() {
            let of_ink = contrast(palette.ground, palette.ink);
            assert!(of_ink >= 5.0, "{} on {}: {of_ink}", palette.ink, palette.ground);
            for accent in palette.accents {
                assert!(
                    contrast(palette.ground, accent) >= 1.3,
                    "{accent} on {}",
                    palette.ground
                );
            }
            let strong = palette
                .accents
                .iter()
                .filter(|accent| contrast(palette.ground, **accent) >= 2.0);
            assert!(strong.count() >= 2, "{}", palette.ground);
        }
    }
}
