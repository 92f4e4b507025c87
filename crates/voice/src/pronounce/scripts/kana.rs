//! Japanese kana: a mora is a syllable; small letters, the long mark, ん and っ join the one before.

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

/// Adds the sound of a joined kana to the syllable it joins.
pub(super) fn join(letter: char, phones: &mut Vec<Phone>) {
    let vowel = match hiragana(letter) {
        'ん' => {
            phones.push(N);
            return;
        }
        'ゃ' | 'ぁ' | 'ゎ' => AA,
        'ゅ' | 'ぅ' => UW,
        'ょ' | 'ぉ' => OW,
        'ぃ' => IY,
        'ぇ' => EH,
        _ => return,
    };
    if let Some(nucleus) = phones.iter_mut().find(|phone| phone.is_vowel()) {
        *nucleus = vowel;
    }
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
        c if "らりるれろ".contains(c) => &[R],
        'わ' => &[W],
        'ゔ' => &[V],
        _ => &[],
    }
}
