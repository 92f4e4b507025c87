//! Step strings: what a musician writes in a genre file, as strokes in time.
//!
//! One character a sixteenth; spaces are for the eye. `-` holds the stroke before, `.` is silence.

use crate::score::Meter;

/// One bar of strokes.
pub(crate) type Figure = Vec<Hit>;

/// One stroke.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hit {
    /// Sixteenths from the bar line.
    pub(crate) step: usize,
    /// Sixteenths it sounds.
    pub(crate) steps: usize,
    pub(crate) stroke: Stroke,
}

/// What is struck.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Stroke {
    /// A drum, or a whole chord, this hard (1 accent, 0.72 usual, 0.36 ghost).
    Struck(f32),
    /// The upper strings, upwards.
    Up,
    /// The chord's root in the bass register.
    Root,
    /// Its fifth in the bass register.
    Fifth,
    /// The octave above the root.
    Octave,
    /// The root, reached by a slide from the note before.
    SlidRoot,
    /// The fifth, reached by a slide.
    SlidFifth,
    /// The octave, reached by a slide.
    SlidOctave,
    /// A chord tone of the bass: third, sixth or seventh.
    Colour(u8),
    /// A step into the root of the next chord.
    Approach,
    /// The n-th tone of the voicing, 0 the lowest.
    Tone(usize),
}

impl Stroke {
    /// Whether the note is reached by a slide from the one before.
    pub(crate) fn is_slid(self) -> bool {
        matches!(self, Self::SlidRoot | Self::SlidFifth | Self::SlidOctave)
    }
}

/// Which alphabet a string is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alphabet {
    /// `x X g`
    Drums,
    /// `R 3 5 6 7 O A`, and slides `r f o`
    Bass,
    /// `x X g u B F 1`-`6`
    Comp,
}

/// The strokes of a step string in this metre. Signs the alphabet lacks are skipped; [`problem`] names them.
pub(crate) fn figure(pattern: &str, alphabet: Alphabet, meter: Meter) -> Figure {
    let mut hits: Figure = Vec::new();
    let mut holding = false;
    for (step, sign) in fitted(pattern, meter).into_iter().enumerate() {
        match sign {
            '-' if holding => {
                if let Some(last) = hits.last_mut() {
                    last.steps += 1;
                }
            }
            sign => {
                let struck = stroke(sign, alphabet);
                holding = struck.is_some();
                hits.extend(struck.map(|stroke| Hit { step, steps: 1, stroke }));
            }
        }
    }
    hits
}

/// What is wrong with a pattern, if anything.
pub(crate) fn problem(pattern: &str, alphabet: Alphabet, steps: usize) -> Option<String> {
    let signs = pattern.chars().filter(|sign| !sign.is_whitespace()).collect::<Vec<_>>();
    if signs.is_empty() && alphabet != Alphabet::Drums {
        return None; // an instrument that is silent at this level
    }
    if signs.len() != steps {
        return Some(format!("has {} steps instead of {steps}", signs.len()));
    }
    let first = signs.iter().find_map(|&sign| stroke(sign, alphabet));
    if first.is_some_and(Stroke::is_slid) {
        return Some("begins with a slide, which needs a note before it in the bar".to_owned());
    }
    let unknown = signs
        .iter()
        .find(|&&sign| !matches!(sign, '.' | '-') && stroke(sign, alphabet).is_none())?;
    Some(format!("has the unknown sign '{unknown}'"))
}

/// Sixteenths in one bar.
pub(crate) fn steps_in(meter: Meter) -> usize {
    usize::from(meter.beats) * 16 / usize::from(meter.unit.max(1))
}

fn stroke(sign: char, alphabet: Alphabet) -> Option<Stroke> {
    Some(match (alphabet, sign) {
        (Alphabet::Drums | Alphabet::Comp, 'x') => Stroke::Struck(0.72),
        (Alphabet::Drums | Alphabet::Comp, 'X') => Stroke::Struck(1.0),
        (Alphabet::Drums | Alphabet::Comp, 'g') => Stroke::Struck(0.36),
        (Alphabet::Bass, 'R') | (Alphabet::Comp, 'B') => Stroke::Root,
        (Alphabet::Bass, '5') | (Alphabet::Comp, 'F') => Stroke::Fifth,
        (Alphabet::Bass, 'O') => Stroke::Octave,
        (Alphabet::Bass, 'r') => Stroke::SlidRoot,
        (Alphabet::Bass, 'f') => Stroke::SlidFifth,
        (Alphabet::Bass, 'o') => Stroke::SlidOctave,
        (Alphabet::Bass, '3') => Stroke::Colour(3),
        (Alphabet::Bass, '6') => Stroke::Colour(6),
        (Alphabet::Bass, '7') => Stroke::Colour(7),
        (Alphabet::Bass, 'A') => Stroke::Approach,
        (Alphabet::Comp, 'u') => Stroke::Up,
        (Alphabet::Comp, '1'..='6') => Stroke::Tone(sign.to_digit(10)? as usize - 1),
        _ => return None,
    })
}

/// A pattern written for another metre. From 4/4: three beats leave out the third, five play it twice (3 + 2), compound
/// beats stretch each beat over three eighths, seven eighths stop early (2 + 2 + 3). Bars of 6/8 are played twice in
/// 12/8.
fn fitted(pattern: &str, meter: Meter) -> Vec<char> {
    let signs = pattern.chars().filter(|sign| !sign.is_whitespace()).collect::<Vec<_>>();
    let wanted = steps_in(meter);
    if signs.len() == wanted || signs.is_empty() {
        return signs;
    }
    if signs.len() == 16 && (meter.beats, meter.unit) == (3, 4) {
        return [&signs[..8], &signs[12..]].concat();
    }
    if signs.len() == 16 && (meter.beats, meter.unit) == (5, 4) {
        return [&signs[..12], &signs[8..]].concat();
    }
    if signs.len() == 16 && meter.unit == 8 && meter.beats.is_multiple_of(3) {
        let stretched = signs
            .chunks(4)
            .cycle()
            .take(usize::from(meter.beats / 3))
            .flat_map(|beat| {
                let hold = |at: usize| if beat[at] == '-' { '-' } else { '.' };
                [beat[0], hold(1), beat[1], hold(2), beat[2], beat[3]]
            });
        return stretched.collect();
    }
    signs.iter().copied().cycle().take(wanted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMON: Meter = Meter { beats: 4, unit: 4 };

    #[test]
    fn a_dash_holds_the_stroke_before_it() {
        let hits = figure("R--- .... 5-.. ....", Alphabet::Bass, COMMON);
        assert_eq!(hits.len(), 2);
        assert_eq!((hits[0].step, hits[0].steps, hits[0].stroke), (0, 4, Stroke::Root));
        assert_eq!((hits[1].step, hits[1].steps, hits[1].stroke), (8, 2, Stroke::Fifth));
    }

    #[test]
    fn a_bar_of_four_becomes_a_waltz_by_leaving_out_the_third_beat() {
        let waltz = figure("x... X... x... X...", Alphabet::Drums, Meter { beats: 3, unit: 4 });
        assert_eq!(waltz.iter().map(|hit| hit.step).collect::<Vec<_>>(), [0, 4, 8]);
        assert_eq!(waltz[2].stroke, Stroke::Struck(1.0));
    }

    #[test]
    fn five_beats_are_three_and_two() {
        let five = figure("x... X... x... X...", Alphabet::Drums, Meter { beats: 5, unit: 4 });
        assert_eq!(five.iter().map(|hit| hit.step).collect::<Vec<_>>(), [0, 4, 8, 12, 16]);
        let strokes = five.iter().map(|hit| hit.stroke == Stroke::Struck(1.0));
        assert_eq!(strokes.collect::<Vec<_>>(), [false, true, false, false, true]);
    }

    #[test]
    fn compound_metres_stretch_each_beat() {
        let hits = figure("x.x. X.x. x.x. X.x.", Alphabet::Drums, Meter { beats: 6, unit: 8 });
        assert_eq!(hits.iter().map(|hit| hit.step).collect::<Vec<_>>(), [0, 4, 6, 10]);
    }

    #[test]
    fn a_slide_needs_a_note_to_come_from() {
        assert_eq!(problem("R--- --r- ---- o---", Alphabet::Bass, 16), None);
        let lost = problem("..r- ---- R--- ----", Alphabet::Bass, 16);
        assert!(lost.is_some_and(|fault| fault.contains("slide")));
    }

    #[test]
    fn faults_are_named() {
        assert_eq!(
            problem("x...", Alphabet::Drums, 16),
            Some("has 4 steps instead of 16".to_owned())
        );
        assert!(problem("x...x...x...x.q.", Alphabet::Drums, 16).unwrap().contains('q'));
        assert_eq!(problem("x... x... x... x.g.", Alphabet::Drums, 16), None);
    }
}
