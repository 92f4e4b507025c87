//! Japanese kana: a mora is a syllable. Small letters share the one before, っ closes it, and ん and the long mark hold it
//! over one note more.

use super::{Syllable, is_ideograph};
use crate::phone::Phone::{self, *};

/// The phones of one full-sized kana, or `None` for any other character.
pub(super) fn phones(letter: char) -> Option<Vec<Phone>> {
    let letter = hiragana(letter);
    if is_joined(letter) {
        return None;
    }
    let vowel = match letter {
        c if "あかがさざただなはばぱまやらわ".contains(c) => AA,
        c if "いきぎしじちぢにひびぴみりゐ".contains(c) => IY,
        c if "うくぐすずつづぬふぶぷむゆるゔ".contains(c) => UW,
        c if "えけげせぜてでねへべぺめれゑ".contains(c) => EH,
        c if "おこごそぞとどのほぼぽもよろを".contains(c) => OW,
        _ => return None,
    };
    let mut phones = onset(letter).to_vec();
    phones.push(vowel);
    Some(phones)
}

/// Whether this kana is sung within the syllable before it.
pub(super) fn is_joined(letter: char) -> bool {
    "ゃゅょぁぃぅぇぉゎっんー".contains(hiragana(letter))
}

/// Adds the sound of a joined kana to the syllable it joins; returns over how many more notes it is held.
pub(super) fn join(letter: char, phones: &mut Vec<Phone>) -> u8 {
    let vowel = match hiragana(letter) {
        'ん' => {
            phones.push(N);
            return 1;
        }
        'ー' => return 1,
        'ゃ' | 'ぁ' | 'ゎ' => AA,
        'ゅ' | 'ぅ' => UW,
        'ょ' | 'ぉ' => OW,
        'ぃ' => IY,
        'ぇ' => EH,
        _ => return 0,
    };
    let contracted = "ゃゅょ".contains(hiragana(letter));
    if let Some(at) = phones.iter().position(|phone| phone.is_vowel()) {
        phones[at] = vowel;
        if contracted && at > 0 && matches!(phones[at - 1], K | G | N | HH | B | P | M | L) {
            phones.insert(at, Y);
        }
    }
    0
}

/// The syllable-closing nasal.
pub(super) fn is_n(letter: char) -> bool {
    hiragana(letter) == 'ん'
}

/// Hiragana or katakana.
pub(in crate::pronounce) fn is_kana(letter: char) -> bool {
    matches!(u32::from(letter), 0x3041..=0x3096 | 0x30A1..=0x30FC)
}

/// What depends on the kana around: the particles, long o, and the stop that っ doubles.
///
/// は and へ are particles where they stand alone, and は after a Chinese character or at the end of three kana or more.
pub(super) fn settle(text: &str, syllables: &mut [Syllable]) {
    let is_particle = |at: usize, syllables: &[Syllable]| {
        let last = at + 1 == syllables.len();
        let before = at
            .checked_sub(1)
            .and_then(|before| syllables[before].letters.chars().next());
        let kana_in_all = text.chars().count() >= 3 && text.chars().all(is_kana);
        match before {
            None => last,
            Some(before) => is_ideograph(before) && (last || !is_hiragana(&syllables[at + 1])) || (last && kana_in_all),
        }
    };
    for at in 0..syllables.len() {
        match syllables[at].letters.as_str() {
            "は" if is_particle(at, syllables) => syllables[at].phones = vec![W, AA],
            "へ" if syllables.len() == 1 => syllables[at].phones = vec![EH],
            "う" | "ウ" if at > 0 && syllables[at - 1].phones.ends_with(&[OW]) => syllables[at].phones = vec![OW],
            _ => {}
        }
        let next = syllables.get(at + 1).and_then(|next| next.phones.first()).copied();
        if let (true, Some(stop @ (K | T | P | S))) = (syllables[at].letters.ends_with(['っ', 'ッ']), next) {
            syllables[at].phones.push(stop);
        }
    }
}

fn is_hiragana(syllable: &Syllable) -> bool {
    syllable
        .letters
        .starts_with(|letter| matches!(u32::from(letter), 0x3041..=0x3096))
}

/// Katakana as the hiragana of the same sound.
fn hiragana(letter: char) -> char {
    match u32::from(letter) {
        code @ 0x30A1..=0x30F6 => char::from_u32(code - 0x60).unwrap_or(letter),
        _ => letter,
    }
}

fn onset(letter: char) -> &'static [Phone] {
    match letter {
        c if "かきくけこ".contains(c) => &[K],
        c if "がぎぐげご".contains(c) => &[G],
        c if "さすせそ".contains(c) => &[S],
        'し' => &[SH],
        'じ' | 'ぢ' => &[JH],
        c if "ざずづぜぞ".contains(c) => &[Z],
        'ち' => &[CH],
        'つ' => &[T, S],
        c if "たてと".contains(c) => &[T],
        c if "だでど".contains(c) => &[D],
        c if "なにぬねの".contains(c) => &[N],
        c if "はひへほ".contains(c) => &[HH],
        'ふ' => &[F],
        c if "ばびぶべぼ".contains(c) => &[B],
        c if "ぱぴぷぺぽ".contains(c) => &[P],
        c if "まみむめも".contains(c) => &[M],
        c if "やゆよ".contains(c) => &[Y],
        c if "らりるれろ".contains(c) => &[L],
        'わ' => &[W],
        'ゔ' => &[V],
        _ => &[],
    }
}
