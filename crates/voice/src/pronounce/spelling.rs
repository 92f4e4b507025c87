//! Which letters of a word stand for which of its phones: a least-cost alignment against the usual spellings.

use crate::phone::Phone::{self, *};

/// Letters written for one phone, at most ("eigh").
const LONGEST: usize = 4;

/// Cost of a phone no letter stands for, as AH in "rhythm".
const UNWRITTEN: f32 = 2.5;

/// For each phone, the index of the first letter that stands for it: ascending, not strictly.
pub(super) fn align(letters: &[char], phones: &[Phone]) -> Vec<usize> {
    let letters = letters
        .iter()
        .map(|letter| letter.to_ascii_lowercase())
        .collect::<Vec<_>>();
    let width = letters.len() + 1;
    let mut cost = vec![f32::INFINITY; width * (phones.len() + 1)];
    let mut taken = vec![0usize; cost.len()];
    cost[0] = 0.0;
    for (row, &phone) in phones.iter().enumerate() {
        for start in 0..width {
            let before = cost[row * width + start];
            if before.is_infinite() {
                continue;
            }
            let is_last = row + 1 == phones.len();
            let longest = if is_last {
                letters.len() - start
            } else {
                LONGEST.min(letters.len() - start)
            };
            for length in 0..=longest {
                let total = before + chunk_cost(phone, &letters[start..start + length]);
                let cell = (row + 1) * width + start + length;
                if total < cost[cell] {
                    cost[cell] = total;
                    taken[cell] = length;
                }
            }
        }
    }
    let mut starts = vec![0; phones.len()];
    let mut end = letters.len();
    for row in (0..phones.len()).rev() {
        end -= taken[(row + 1) * width + end].min(end);
        starts[row] = end;
    }
    starts
}

/// What it costs that `chunk` is written for `phone`: nothing for a usual spelling, more the less they agree.
fn chunk_cost(phone: Phone, chunk: &[char]) -> f32 {
    if chunk.is_empty() {
        return if phone == Y { 0.6 } else { UNWRITTEN };
    }
    if is_spelling(phone, chunk) {
        return 0.0;
    }
    let agrees = |letter: &char| is_vowel_letter(*letter) == phone.is_vowel();
    let plain = if chunk.len() == 1 {
        if agrees(&chunk[0]) { 1.5 } else { 3.0 }
    } else {
        f32::INFINITY
    };
    // Silent letters before or after a usual spelling: the k of "knee", the e of "home".
    let silent_after = (1..chunk.len())
        .filter(|&length| is_spelling(phone, &chunk[..length]))
        .map(|length| chunk[length..].iter().map(silence).sum::<f32>());
    let silent_before = (1..chunk.len())
        .filter(|&skipped| is_spelling(phone, &chunk[skipped..]))
        .map(|skipped| chunk[..skipped].iter().map(silence).sum::<f32>() + 0.5);
    let best = silent_after.chain(silent_before).fold(plain, f32::min);
    if best.is_finite() {
        best
    } else {
        2.0 + 1.5 * chunk.len() as f32
    }
}

fn silence(letter: &char) -> f32 {
    match letter {
        'e' | '\'' | '’' => 0.4,
        'h' | 'g' | 'w' | 'k' | 'b' | 'l' | 't' => 1.0,
        _ => 1.6,
    }
}

/// Letters that write vowels in the alphabets the rules know.
pub(super) fn is_vowel_letter(letter: char) -> bool {
    matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn is_spelling(phone: Phone, chunk: &[char]) -> bool {
    spellings(phone)
        .split(' ')
        .any(|spelling| spelling.chars().eq(chunk.iter().copied()))
}

fn spellings(phone: Phone) -> &'static str {
    match phone {
        AA => "a o ah ea oh aa",
        AE => "a ai au",
        AH => "a e i o u ou oo oe eo ai ea y io ia",
        AO => "o a au aw oa ou oo augh ough",
        AW => "ou ow ough au",
        AY => "i y ie igh eye ai ei eigh uy ye",
        EH => "e ea a ai ie ay ei eo",
        ER => "er ir ur or ar ear our re r yr ure err urr ere ro",
        EY => "a ai ay ei ey ea eigh e et ee aigh",
        IH => "i e y a u ui ee ie ea ey",
        IY => "e ee ea i y ey ie ei eo",
        OW => "o oa ow oe ou ough ew eau oh owe",
        OY => "oi oy",
        UH => "oo u ou o",
        UW => "oo u ue ew o ou ui oe ough eu wo ooh",
        B => "b bb",
        CH => "ch tch t ti c",
        D => "d dd ed",
        DH => "th",
        F => "f ff ph gh",
        G => "g gg gh gu gue x",
        HH => "h wh",
        JH => "j g dg dge d gg ge",
        K => "k c ck ch q cc que qu x kh",
        L => "l ll le",
        M => "m mm mb mn",
        N => "n nn kn gn pn",
        NG => "ng n ngue",
        P => "p pp",
        R => "r rr wr rh",
        S => "s ss c sc ce st ps se x z",
        SH => "sh ti ci s ss ch si ssi sci",
        T => "t tt ed th pt bt ght te",
        TH => "th",
        V => "v ve f vv",
        W => "w wh u",
        Y => "y i j",
        Z => "z zz s ss x se ze",
        ZH => "s si g z ge",
    }
}
