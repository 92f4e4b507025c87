//! What must hold always, one predicate each.
//!
//! The model test, the store's conformance suite and `debug_assert!` all use these, so a promise means the same
//! everywhere. Promises that are about two moments take the order before and after.

use crate::amount::Sats;
use crate::clock::Timestamp;
use crate::id::{AudioKey, FileDigest, OrderId, OrderKey, PaymentHash};
use crate::order::{DELIVERY_DEADLINE, LATE_PAYMENT_GRACE, LEASE, Order, OrderEvent, OrderState, Progress};
use crate::request::{AudioFormat, SongRequest};
use crate::song::{SongFacts, StoredSong};

/// I1: no work without payment: whoever is beyond `expired` was settled.
pub fn paid_before_work(order: &Order) -> bool {
    !order.state.is_paid() || order.settled_at.is_some()
}

/// I2: a paid order has a deadline, and after it is delivered, refundable, or on its way back.
pub fn ends_in_time(order: &Order, now: Timestamp) -> bool {
    !order.state.is_paid()
        || order
            .deadline
            .is_some_and(|deadline| now <= deadline || order.state.is_settled())
}

/// I3: never both a song and the money back.
pub fn song_or_refund(order: &Order) -> bool {
    match order.state {
        OrderState::Delivered => order.song.is_some(),
        _ => order.song.is_none(),
    }
}

/// I4: one song: once delivered, the answer never changes.
pub fn answer_is_final(before: &Order, after: &Order) -> bool {
    before.song.is_none() || (before.song == after.song && before.state == after.state)
}

/// I5: an order makes the song that was asked for and nothing else.
pub fn makes_what_was_asked(order: &Order) -> bool {
    order.request.digest() == order.digest
}

/// I6: what a client was told stays true: tries never run backwards, a payment is never forgotten.
pub fn never_forgets(before: &Order, after: &Order) -> bool {
    after.attempts >= before.attempts
        && (before.settled_at.is_none() || after.settled_at == before.settled_at)
        && (!before.state.is_paid() || after.state.is_paid())
}

/// I7: a payment seen within a day of the invoice's end is honoured.
pub fn honours_late_payment(order: &Order) -> bool {
    order
        .settled_at
        .is_none_or(|at| at > order.expires_at.plus(LATE_PAYMENT_GRACE) || order.state.is_paid())
}

/// I8: a lease was given by the database's clock, so it never reaches further than [`LEASE`] from that clock's now.
pub fn lease_is_sane(order: &Order, database_now: Timestamp) -> bool {
    order.lease_until.is_none_or(|until| until <= database_now.plus(LEASE))
}

/// I9: a delivered song has a length and a checksum that were read back from storage.
pub fn delivered_is_stored(order: &Order) -> bool {
    order
        .song
        .as_ref()
        .is_none_or(|song| song.bytes > 0 && song.sha256 != FileDigest([0; 32]))
}

/// I10: an invoice is only made while everything that the song will need is there.
pub fn may_quote(wallet_up: bool, database_up: bool, audio_store_up: bool, engine_up: bool) -> bool {
    wallet_up && database_up && audio_store_up && engine_up
}

/// The first promise about one moment that `order` breaks, by its number.
pub fn broken(order: &Order) -> Option<&'static str> {
    let checks = [
        ("I1", paid_before_work(order)),
        ("I3", song_or_refund(order)),
        ("I5", makes_what_was_asked(order)),
        ("I7", honours_late_payment(order)),
        ("I9", delivered_is_stored(order)),
    ];
    checks.into_iter().find(|(_, holds)| !holds).map(|(name, _)| name)
}

/// The first promise about two moments that is broken, by its number.
pub fn broken_between(before: &Order, after: &Order) -> Option<&'static str> {
    let checks = [
        ("I4", answer_is_final(before, after)),
        ("I6", never_forgets(before, after)),
    ];
    checks.into_iter().find(|(_, holds)| !holds).map(|(name, _)| name)
}

/// What a store does beside the state when `event` led to `state`; tests keep their model order with it.
#[doc(hidden)]
pub fn follow(order: &mut Order, event: OrderEvent, state: OrderState) {
    let at = order.created_at.plus(std::time::Duration::from_secs(1));
    match event {
        OrderEvent::PaymentSettled => {
            order.settled_at = Some(at);
            order.deadline = Some(at.plus(DELIVERY_DEADLINE));
        }
        OrderEvent::AttemptStarted(attempt) => order.attempts = attempt.0,
        OrderEvent::AttemptFailed { .. } => order.failures += 1,
        OrderEvent::RetryRequested => order.failures = 0,
        OrderEvent::SongStored(_) => order.song = Some(sample_song()),
        _ => {}
    }
    order.state = state;
}

/// A fresh order for tests.
#[doc(hidden)]
pub fn sample_order() -> Order {
    let request = SongRequest {
        prompt: "a test".to_owned(),
        lyrics: String::new(),
        is_instrumental: false,
        lyrics_optimizer: false,
        model: None,
        sample_rate: 44_100,
        bitrate: 256_000,
        audio_format: AudioFormat::Mp3,
        seed: None,
        duration: None,
    };
    let created_at = Timestamp::from_unix_seconds(1_795_000_000);
    Order {
        id: OrderId([1; 16]),
        key: OrderKey([2; 16]),
        payment_hash: PaymentHash([3; 32]),
        invoice: "lnbcrt1".to_owned(),
        price: Sats(300),
        model: "band".to_owned(),
        digest: request.digest(),
        request,
        state: OrderState::Quoted,
        attempts: 0,
        failures: 0,
        created_at,
        expires_at: created_at.plus(std::time::Duration::from_secs(600)),
        settled_at: None,
        deadline: None,
        lease_until: None,
        progress: Progress::default(),
        song: None,
        failure: None,
    }
}

/// A stored song for tests.
#[doc(hidden)]
pub fn sample_song() -> StoredSong {
    StoredSong {
        audio: AudioKey([4; 16]),
        format: AudioFormat::Mp3,
        bytes: 1000,
        sha256: FileDigest([5; 32]),
        duration_seconds: 61.5,
        model: "band".to_owned(),
        facts: SongFacts {
            title: "A Test".to_owned(),
            ..SongFacts::default()
        },
        extras: vec!["peaks.json".to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_predicate_sees_its_own_breach() {
        let fresh = sample_order();
        assert_eq!(broken(&fresh), None);
        let cases: [(&str, Order); 4] = [
            (
                "I1",
                Order {
                    state: OrderState::Paid,
                    ..fresh.clone()
                },
            ),
            (
                "I3",
                Order {
                    song: Some(sample_song()),
                    ..fresh.clone()
                },
            ),
            (
                "I5",
                Order {
                    digest: crate::id::RequestDigest([9; 32]),
                    ..fresh.clone()
                },
            ),
            (
                "I7",
                Order {
                    settled_at: Some(fresh.expires_at),
                    ..fresh.clone()
                },
            ),
        ];
        for (name, order) in cases {
            assert_eq!(broken(&order), Some(name));
        }
        let unread = StoredSong {
            bytes: 0,
            ..sample_song()
        };
        let paid = Order {
            settled_at: Some(fresh.created_at),
            state: OrderState::Delivered,
            ..fresh.clone()
        };
        assert_eq!(
            broken(&Order {
                song: Some(unread),
                ..paid.clone()
            }),
            Some("I9")
        );
        assert!(!ends_in_time(
            &Order {
                state: OrderState::Paid,
                deadline: Some(Timestamp(1)),
                ..paid.clone()
            },
            Timestamp(2)
        ));
        assert!(!lease_is_sane(
            &Order {
                lease_until: Some(Timestamp(60_000)),
                ..fresh.clone()
            },
            Timestamp(0)
        ));
        assert_eq!(broken_between(&paid, &fresh), Some("I6"));
        let delivered = Order {
            song: Some(sample_song()),
            ..paid
        };
        assert_eq!(
            broken_between(
                &delivered,
                &Order {
                    song: None,
                    ..delivered.clone()
                }
            ),
            Some("I4")
        );
        assert!(may_quote(true, true, true, true) && !may_quote(true, true, false, true));
    }
}
