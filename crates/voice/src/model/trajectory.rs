//! From states to a smooth course: maximum-likelihood parameter generation.
//!
//! Each state says where the coefficients are and how fast and how curved they move. The likeliest course c under all of
//! that solves W'PWc = W'Pm, where W makes values and differences out of c, m are the means and P the precisions (inverse
//! variances): Tokuda, Yoshimura, Masuko, Kobayashi, Kitamura, "Speech parameter generation algorithms for HMM-based
//! speech synthesis", ICASSP 2000, case 1. The matrix has five diagonals and falls apart by coefficient, so one walk
//! forth (L D L') and one back solve it for all coefficients side by side.

use super::{Gaussian, ORDER};

/// A value for every coefficient. Double precision, since a long held state is a long sum.
type Row = [f64; ORDER];

/// The likeliest mel-cepstra of states that last the given numbers of frames.
///
/// The result has as many frames as the states together; a state of no frames leaves no trace.
pub(crate) fn trajectory(states: &[(Gaussian<'_>, usize)]) -> Vec<[f32; ORDER]> {
    let pulls = states.iter().map(|(state, _)| Pull::of(*state)).collect::<Vec<_>>();
    let total = states.iter().map(|(_, frames)| frames).sum();
    let mut course = Vec::with_capacity(total);
    for (pull, (_, frames)) in pulls.iter().zip(states) {
        course.extend(std::iter::repeat_n(pull, *frames));
    }
    let mut solved = factorise(&course);
    substitute_back(&mut solved);
    solved
        .iter()
        .map(|row| row.solution.map(|value| value as f32))
        .collect()
}

/// What a frame of a state asks for, by window: static, first and second difference.
struct Pull {
    /// How strongly: inverse variances.
    precision: [Row; 3],
    /// Precision times mean.
    target: [Row; 3],
}

/// A frame that pulls at nothing: beyond the ends, and for the differences also at them.
static NOTHING: Pull = Pull {
    precision: [[0.0; ORDER]; 3],
    target: [[0.0; ORDER]; 3],
};

impl Pull {
    fn of(state: Gaussian<'_>) -> Self {
        let mut pull = Self {
            precision: [[0.0; ORDER]; 3],
            target: [[0.0; ORDER]; 3],
        };
        for window in 0..3 {
            for k in 0..ORDER {
                let precision = 1.0 / f64::from(state.variance[window * ORDER + k]);
                pull.precision[window][k] = precision;
                pull.target[window][k] = precision * f64::from(state.mean[window * ORDER + k]);
            }
        }
        pull
    }
}

/// A row of the factorised system; the first differences of c are half of (next - previous), the second are
/// previous - 2 this + next.
#[derive(Clone)]
struct Solved {
    /// L below the diagonal: towards the next frame and the one after.
    next: Row,
    after_next: Row,
    /// The forward solution over D; then the course itself.
    solution: Row,
}

fn factorise(course: &[&Pull]) -> Vec<Solved> {
    let zero = [0.0; ORDER];
    let mut rows: Vec<Solved> = Vec::with_capacity(course.len());
    // D, L's first and second diagonal, and the forward solution of the last frame and of the one before it.
    let (mut d1, mut d2) = (zero, zero);
    let (mut next1, mut after2, mut after1) = (zero, zero, zero);
    let (mut y1, mut y2) = (zero, zero);
    let moving = |at: Option<usize>| match at {
        Some(at) if at > 0 && at + 1 < course.len() => course[at],
        _ => &NOTHING,
    };
    for (at, here) in course.iter().enumerate() {
        let (before, this, after) = (moving(at.checked_sub(1)), moving(Some(at)), moving(Some(at + 1)));
        let (mut d, mut next, mut after_next, mut y, mut solution) = (zero, zero, zero, zero, zero);
        for k in 0..ORDER {
            let diagonal = here.precision[0][k]
                + 0.25 * (before.precision[1][k] + after.precision[1][k])
                + before.precision[2][k]
                + 4.0 * this.precision[2][k]
                + after.precision[2][k];
            let to_next = -2.0 * (this.precision[2][k] + after.precision[2][k]);
            let to_after_next = after.precision[2][k] - 0.25 * after.precision[1][k];
            let right = here.target[0][k] + 0.5 * (before.target[1][k] - after.target[1][k]) + before.target[2][k]
                - 2.0 * this.target[2][k]
                + after.target[2][k];
            d[k] = diagonal - next1[k] * next1[k] * d1[k] - after2[k] * after2[k] * d2[k];
            y[k] = right - next1[k] * y1[k] - after2[k] * y2[k];
            let inverse = 1.0 / d[k];
            next[k] = (to_next - next1[k] * after1[k] * d1[k]) * inverse;
            after_next[k] = to_after_next * inverse;
            solution[k] = y[k] * inverse;
        }
        rows.push(Solved {
            next,
            after_next,
            solution,
        });
        (d2, d1) = (d1, d);
        (y2, y1) = (y1, y);
        (after2, after1, next1) = (after1, after_next, next);
    }
    rows
}

fn substitute_back(rows: &mut [Solved]) {
    let (mut next, mut after_next) = ([0.0; ORDER], [0.0; ORDER]);
    for row in rows.iter_mut().rev() {
        for k in 0..ORDER {
            row.solution[k] -= row.next[k] * next[k] + row.after_next[k] * after_next[k];
        }
        (after_next, next) = (next, row.solution);
    }
}
