//! The process dies in the middle: what was told stays true, and what was not told did not half happen (I6).
//!
//! The child is this test binary itself, told by its environment what to do and where to die.

use std::process::Command;

use busker_core::audio::AudioStore;
use busker_core::id::{Attempt, AudioKey};
use busker_core::invariants;
use busker_core::order::{Order, OrderEvent, OrderState};
use busker_core::orders::Change;
use busker_store::{Files, Store};
use busker_testkit::build;
use bytes::Bytes;

const KEY: AudioKey = AudioKey([7; 16]);

/// What the child does: all of one order's life, and a file.
#[tokio::test]
async fn child() {
    let Ok(folder) = std::env::var("BUSKER_CRASH_FOLDER") else {
        return; // it lives only inside the other tests
    };
    let store = Store::connect(&format!("sqlite://{folder}/shop.db")).await.unwrap();
    let files = Files::local(folder.as_ref()).unwrap();
    let order = order();
    store.orders.insert(&order).await.unwrap();
    let first = Attempt(1);
    let second = Attempt(2);
    let failed = Change::Failed {
        attempt: first,
        failure: build::failure(),
        final_try: false,
    };
    for change in [
        Change::Event(OrderEvent::PaymentSettled),
        Change::Event(OrderEvent::AttemptStarted(first)),
        failed,
        Change::Event(OrderEvent::AttemptStarted(second)),
    ] {
        store.orders.apply(order.id, change).await.unwrap();
    }
    files.put(&KEY, "mp3", Bytes::from_static(b"la la la")).await.unwrap();
    let song = Box::new(build::stored_song(1));
    store
        .orders
        .apply(order.id, Change::Delivered(second, song))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_crash_leaves_each_change_done_or_undone_but_never_half_done() {
    use OrderState::{Delivered, Generating, Paid, Quoted};
    let one = Some(Generating(Attempt(1)));
    let two = Some(Generating(Attempt(2)));
    // where it dies, where the order stands afterwards, how many jobs wait
    let crashes = [
        ("store.insert.before_commit", None, 0),
        ("store.insert.after_commit", Some(Quoted), 0),
        ("store.apply.payment_settled.before_commit", Some(Quoted), 0),
        ("store.apply.payment_settled.after_commit", Some(Paid), 1),
        ("store.apply.attempt_started.before_commit", Some(Paid), 1),
        ("store.apply.attempt_started.after_commit", one, 1),
        ("store.apply.attempt_failed.before_commit", one, 1),
        ("store.apply.attempt_failed.after_commit", Some(Paid), 2),
        ("audio.put.before_write", two, 2),
        ("audio.put.after_write", two, 2),
        ("store.apply.song_stored.before_commit", two, 2),
        ("store.apply.song_stored.after_commit", Some(Delivered), 2),
        ("nowhere", Some(Delivered), 2),
    ];
    for (place, state, jobs) in crashes {
        let folder = tempfile::tempdir().unwrap();
        let died = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::child"])
            .env("BUSKER_CRASH_FOLDER", folder.path())
            .env("BUSKER_CRASH_AT", place)
            .output()
            .unwrap();
        assert_eq!(died.status.success(), place == "nowhere", "{place}: {died:?}");

        let store = Store::connect(&format!("sqlite://{}/shop.db", folder.path().display()))
            .await
            .unwrap();
        let found = store.orders.by_id(order().id).await.unwrap();
        assert_eq!(found.as_ref().map(|order| order.state), state, "{place}");
        assert_eq!(found.as_ref().and_then(invariants::broken), None, "{place}");
        assert_eq!(store.queue.depth().await.unwrap(), jobs, "{place}");
        let files = Files::local(folder.path()).unwrap();
        let has_file = files.size(&KEY, "mp3").await.is_ok();
        let wrote = place == "nowhere" || place == "audio.put.after_write" || place.contains("song_stored");
        assert_eq!(has_file, wrote, "{place}");
    }
}

fn order() -> Order {
    build::order(1, busker_core::clock::Timestamp::from_unix_seconds(1_795_000_000))
}
