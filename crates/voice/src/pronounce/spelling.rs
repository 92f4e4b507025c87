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
        let written = Written::new(phone, &letters);
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
                let total = before + written.cost(start, length);
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

/// Where in a word a phone may be written.
struct Written<'a> {
    phone: Phone,
    letters: &'a [char],
    /// For each letter, which lengths of chunk beginning there are a usual spelling: bit 1 for one letter, and so on.
    lengths: Vec<u8>,
}

impl<'a> Written<'a> {
    fn new(phone: Phone, letters: &'a [char]) -> Self {
        let at = |start: usize| {
            let fits = |spelling: &str| {
                spelling.chars().zip(&letters[start..]).filter(|(a, b)| a == *b).count() == spelling.len()
            };
            spellings(phone)
                .split(' ')
                .filter(|spelling| fits(spelling))
                .fold(0, |bits, spelling| bits | 1 << spelling.len())
        };
        Self {
            phone,
            letters,
            lengths: (0..letters.len()).map(at).collect(),
        }
    }

    fn is_spelling(&self, start: usize, length: usize) -> bool {
        length <= LONGEST && self.lengths.get(start).is_some_and(|bits| bits & (1 << length) != 0)
    }

    /// What it costs that these letters are written for the phone: nothing for a usual spelling, more the less they agree.
    fn cost(&self, start: usize, length: usize) -> f32 {
        if length == 0 {
            return if self.phone == Y { 0.6 } else { UNWRITTEN };
        }
        if self.is_spelling(start, length) {
            return 0.0;
        }
        let chunk = &self.letters[start..start + length];
        let agrees = is_vowel_letter(chunk[0]) == self.phone.is_vowel();
        let plain = match (length, agrees) {
            (1, true) => 1.5,
            (1, false) => 3.0,
            _ => 2.0 + 1.5 * length as f32,
        };
        // Silent letters before or after a usual spelling: the k of "knee", the e of "home".
        let mut best: f32 = plain;
        for kept in 1..length.min(LONGEST + 1) {
            if self.is_spelling(start, kept) {
                best = best.min(chunk[kept..].iter().map(silence).sum());
            }
            let skipped = length - kept;
            if self.is_spelling(start + skipped, kept) {
                best = best.min(chunk[..skipped].iter().map(silence).sum::<f32>() + 0.5);
            }
        }
        best
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

fn spellings(phone: Phone) -> &'static str {
    match phone {
        AA => "a o ah ea oh aa",
        AE => "a ai au",
        AX | AH => "a e i o u ou oo oe eo ai ea y io ia",
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
