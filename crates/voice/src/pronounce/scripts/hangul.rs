//! Korean syllable blocks, taken apart by their place in Unicode (chapter 3.12).

use crate::phone::Phone::{self, *};

const FIRST: u32 = 0xAC00;
const VOWELS: u32 = 21;
const ENDINGS: u32 = 28;

/// The phones of one block, or `None` for any other character.
pub(super) fn phones(block: char) -> Option<Vec<Phone>> {
    let index = u32::from(block)
        .checked_sub(FIRST)
        .filter(|index| *index < 19 * VOWELS * ENDINGS)?;
    let mut phones = onset(index / (VOWELS * ENDINGS)).to_vec();
    phones.extend_from_slice(vowel(index / ENDINGS % VOWELS));
    phones.extend_from_slice(ending(index % ENDINGS));
    Some(phones)
}

fn onset(index: u32) -> &'static [Phone] {
    match index {
        0 => &[G],
        1 | 15 => &[K],
        2 => &[N],
        3 => &[D],
        4 | 16 => &[T],
        5 => &[R],
        6 => &[M],
        7 => &[B],
        8 | 17 => &[P],
        9 | 10 => &[S],
        12 | 13 => &[JH],
        14 => &[CH],
        18 => &[HH],
        _ => &[],
    }
}

fn vowel(index: u32) -> &'static [Phone] {
    match index {
        0 => &[AA],
        1 | 5 => &[EH],
        2 => &[Y, AA],
        3 | 7 => &[Y, EH],
        4 => &[AO],
        6 => &[Y, AO],
        8 => &[OW],
        9 => &[W, AA],
        10 | 11 | 15 => &[W, EH],
        12 => &[Y, OW],
        13 => &[UW],
        14 => &[W, AO],
        16 => &[W, IY],
        17 => &[Y, UW],
        18 => &[UH],
        19 => &[W, IY],
        _ => &[IY],
    }
}

fn ending(index: u32) -> &'static [Phone] {
    match index {
        0 => &[],
        1 | 2 | 3 | 9 | 24 => &[K],
        4..=6 => &[N],
        8 | 11..=15 => &[L],
        10 | 16 => &[M],
        17 | 18 | 26 => &[P],
        21 => &[NG],
        _ => &[T],
    }
}
