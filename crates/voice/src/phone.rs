//! The sounds of speech the singer knows: the 39 phones of the CMU Pronouncing Dictionary and the neutral vowel.

use serde::{Deserialize, Serialize};

/// One speech sound, named as in ARPAbet.
///
/// `AX` is the neutral vowel of "a" and "sofa". The dictionary writes it as an `AH` without stress; sung, the two differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each name is the phone it stands for")]
pub enum Phone {
    AX,
    AA,
    AE,
    AH,
    AO,
    AW,
    AY,
    EH,
    ER,
    EY,
    IH,
    IY,
    OW,
    OY,
    UH,
    UW,
    B,
    CH,
    D,
    DH,
    F,
    G,
    HH,
    JH,
    K,
    L,
    M,
    N,
    NG,
    P,
    R,
    S,
    SH,
    T,
    TH,
    V,
    W,
    Y,
    Z,
    ZH,
}

use Phone::*;

/// The vowels, in the order the packed dictionary counts them.
pub(crate) const VOWELS: [Phone; 15] = [AA, AE, AH, AO, AW, AY, EH, ER, EY, IH, IY, OW, OY, UH, UW];

/// The consonants, in the order the packed dictionary counts them.
pub(crate) const CONSONANTS: [Phone; 24] = [
    B, CH, D, DH, F, G, HH, JH, K, L, M, N, NG, P, R, S, SH, T, TH, V, W, Y, Z, ZH,
];

impl Phone {
    /// A sound that carries a syllable.
    pub fn is_vowel(self) -> bool {
        self <= UW
    }

    /// A vowel that glides to another: only its first half is held on a long note.
    pub fn is_diphthong(self) -> bool {
        matches!(self, AW | AY | EY | OW | OY)
    }
}

/// The names of the vowels and consonants, in their order.
const NAMES: &str =
    "AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH";

/// The phone of an ARPAbet name in capitals.
pub(crate) fn named(name: &str) -> Option<Phone> {
    let phones = VOWELS.iter().chain(&CONSONANTS);
    let mut names = NAMES.split(' ').zip(phones);
    names.find(|(known, _)| *known == name).map(|(_, &phone)| phone)
}

/// Whether English words begin with these consonants, so that a syllable within a word may.
pub(crate) fn is_onset(consonants: &[Phone]) -> bool {
    match consonants {
        [] => true,
        [single] => *single != NG,
        [S, P | T | K | M | N | L | W | F] => true,
        [P | B | K | G | F, L | R] | [T | D | TH | SH, R] | [T | D | K | G | TH | HH, W] => true,
        [P | B | K | F | M | V | HH | G, Y] => true,
        [S, P, L | R | Y] | [S, T, R] | [S, K, R | W | L | Y] => true,
        _ => false,
    }
}
