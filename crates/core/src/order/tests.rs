use proptest::prelude::*;

use super::OrderEvent::*;
use super::OrderState::*;
use super::*;
use crate::invariants;

fn order_in(state: OrderState, attempts: u32, failures: u32) -> Order {
    Order {
        state,
        attempts,
        failures,
        ..invariants::sample_order()
    }
}

#[test]
fn the_usual_life_goes_from_quote_to_song() {
    let one = Attempt(1);
    assert_eq!(order_in(Quoted, 0, 0).apply(PaymentSettled), Ok(Paid));
    assert_eq!(order_in(Paid, 0, 0).apply(AttemptStarted(one)), Ok(Generating(one)));
    assert_eq!(order_in(Generating(one), 1, 0).apply(SongStored(one)), Ok(Delivered));
}

#[test]
fn a_late_payment_turns_an_expired_order_into_a_paid_one() {
    assert_eq!(order_in(Quoted, 0, 0).apply(InvoiceExpired), Ok(Expired));
    assert_eq!(order_in(Expired, 0, 0).apply(PaymentSettled), Ok(Paid));
}

#[test]
fn a_worker_that_lost_its_order_cannot_deliver() {
    let order = order_in(Generating(Attempt(2)), 2, 1);
    assert!(order.apply(SongStored(Attempt(1))).is_err());
    assert!(
        order
            .apply(AttemptFailed {
                attempt: Attempt(1),
                final_try: false
            })
            .is_err()
    );
    assert_eq!(order.apply(SongStored(Attempt(2))), Ok(Delivered));
}

#[test]
fn the_third_failure_and_a_hopeless_one_offer_the_money_back() {
    let attempt = Attempt(5);
    let failed = AttemptFailed {
        attempt,
        final_try: false,
    };
    assert_eq!(order_in(Generating(attempt), 5, 1).apply(failed), Ok(Paid));
    assert_eq!(order_in(Generating(attempt), 5, 2).apply(failed), Ok(Refundable));
    let hopeless = AttemptFailed {
        attempt,
        final_try: true,
    };
    assert_eq!(order_in(Generating(attempt), 5, 0).apply(hopeless), Ok(Refundable));
}

#[test]
fn nothing_moves_an_order_that_has_reached_its_end() {
    for state in [Delivered, Refunded] {
        for event in all_events(Attempt(1)) {
            assert!(order_in(state, 1, 0).apply(event).is_err(), "{state:?} {event:?}");
        }
    }
}

#[test]
fn state_names_read_back() {
    for state in [
        Quoted,
        Expired,
        Paid,
        Generating(Attempt(3)),
        Delivered,
        Refundable,
        Refunding,
        Refunded,
    ] {
        assert_eq!(OrderState::from_name(state.name(), Attempt(3)), Some(state));
    }
    assert_eq!(OrderState::from_name("lost", Attempt(1)), None);
}

fn all_events(attempt: Attempt) -> [OrderEvent; 12] {
    [
        PaymentSettled,
        InvoiceExpired,
        AttemptStarted(attempt),
        SongStored(attempt),
        AttemptFailed {
            attempt,
            final_try: false,
        },
        AttemptFailed {
            attempt,
            final_try: true,
        },
        AttemptReleased(attempt),
        DeadlinePassed,
        RetryRequested,
        RefundStarted,
        RefundFailed,
        RefundPaid,
    ]
}

proptest! {
    /// Any history of events, with stale and future try numbers among them, keeps the promises about one order.
    #[test]
    fn no_history_breaks_a_promise(history in proptest::collection::vec((0_usize..12, 0_u32..6), 1..60)) {
        let mut order = invariants::sample_order();
        let mut payouts = 0;
        for (event, attempt) in history {
            let event = all_events(Attempt(attempt))[event];
            let before = order.clone();
            if let Ok(state) = order.apply(event) {
                invariants::follow(&mut order, event, state);
                payouts += u32::from(event == RefundPaid);
            }
            prop_assert_eq!(invariants::broken(&order), None);
            prop_assert_eq!(invariants::broken_between(&before, &order), None);
        }
        prop_assert!(payouts <= 1 && (payouts == 0 || order.song.is_none()));
    }
}
