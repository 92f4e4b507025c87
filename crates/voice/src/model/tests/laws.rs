//! What holds whatever is asked.

use proptest::prelude::*;

use super::labels::any_context;
use super::spoken::contexts;
use crate::model::{Context, Model, ORDER, STATES, trajectory};

fn course(contexts: &[(Context, [usize; STATES])]) -> Vec<[f32; ORDER]> {
    let of_phone = |(context, frames): &(Context, [usize; STATES])| {
        let states = Model::embedded().unit(context).states;
        states.into_iter().zip(*frames).collect::<Vec<_>>()
    };
    trajectory(&contexts.iter().flat_map(of_phone).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_surroundings_give_possible_distributions(context in any_context()) {
        let unit = Model::embedded().unit(&context);
        prop_assert!(unit.means.iter().all(|mean| mean.is_finite() && *mean > 0.0));
        prop_assert!(unit.variances.iter().all(|variance| variance.is_finite() && *variance > 0.0));
        for state in unit.states {
            prop_assert!(state.mean.iter().all(|mean| mean.is_finite()));
            prop_assert!(state.variance.iter().all(|variance| variance.is_finite() && *variance > 0.0));
        }
    }

    #[test]
    fn states_of_any_length_give_a_finite_course_of_their_length(
        phones in prop::collection::vec((any_context(), prop::array::uniform5(1..40usize)), 0..12),
    ) {
        let course = course(&phones);
        prop_assert_eq!(course.len(), phones.iter().flat_map(|phone| phone.1).sum::<usize>());
        prop_assert!(course.as_flattened().iter().all(|value| value.is_finite() && value.abs() < 40.0));
    }

    #[test]
    fn states_of_one_frame_each_are_enough(phones in prop::collection::vec(any_context(), 1..20)) {
        let phones = phones.into_iter().map(|context| (context, [1; STATES])).collect::<Vec<_>>();
        let course = course(&phones);
        prop_assert_eq!(course.len(), STATES * phones.len());
        prop_assert!(course.as_flattened().iter().all(|value| value.is_finite()));
    }

    #[test]
    fn a_state_of_no_frames_leaves_no_trace(
        phones in prop::collection::vec((any_context(), prop::array::uniform5(1..9usize)), 1..5), silent in any_context(),
    ) {
        let mut longer = phones.clone();
        longer.insert(1, (silent, [0; STATES]));
        prop_assert_eq!(course(&longer), course(&phones));
    }
}

#[test]
fn nothing_asked_is_nothing_made() {
    assert!(trajectory(&[]).is_empty());
    Model::embedded().restore_variance(&mut [], &[]);
}

#[test]
fn a_state_held_for_long_comes_to_rest_at_its_mean() {
    let context = contexts("'l-aa")[2];
    let state = Model::embedded().unit(&context).states[2];
    let course = trajectory(&[(state, 4000)]);
    for (value, mean) in course[2000].iter().zip(state.mean) {
        assert!((value - mean).abs() < 0.01, "{value} for {mean}");
    }
}

#[test]
fn a_course_has_no_steps_where_its_states_have() {
    let (contexts, model) = (contexts("'s-ow 'w-iy 'g-ow"), Model::embedded());
    let states = contexts
        .iter()
        .flat_map(|context| model.unit(context).states)
        .collect::<Vec<_>>();
    let course = trajectory(&states.iter().map(|state| (*state, 10)).collect::<Vec<_>>());
    let steps = |values: Vec<f32>| {
        values
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).abs())
            .fold(0.0, f32::max)
    };
    for k in 0..6 {
        let of_states = steps(states.iter().map(|state| state.mean[k]).collect());
        let of_course = steps(course.iter().map(|frame| frame[k]).collect());
        assert!(
            of_course < 0.9 * of_states,
            "c{k}: steps of {of_course}, its states' are {of_states}"
        );
    }
}
