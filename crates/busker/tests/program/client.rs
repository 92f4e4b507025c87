//! `busker song` against a real shop.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::shop::{Shop, busker, object, payments, song, told};

#[test]
fn a_song_is_bought_once_and_fetched_again_for_free() {
    let data = tempfile::tempdir().unwrap();
    let shop = Shop::open(data.path());
    let file = data.path().join("song.wav");

    let bought = object(&song(data.path(), &shop.url, &file, &[]).output().unwrap());
    assert_eq!(bought["resumed"], false);
    assert_eq!(bought["price_sats"], 300);
    assert_eq!(bought["output"], file.to_str().unwrap());
    let first = std::fs::read(&file).unwrap();
    assert_eq!(&first[..4], b"RIFF");
    assert_eq!(payments(data.path()), 1);

    std::fs::remove_file(&file).unwrap();
    let again = object(&song(data.path(), &shop.url, &file, &[]).output().unwrap());
    assert_eq!(again["resumed"], true);
    assert_eq!(again["payment_hash"], bought["payment_hash"]);
    assert!(std::fs::read(&file).unwrap() == first, "the same song, bit for bit");
    assert_eq!(payments(data.path()), 1, "nothing was paid again");
    assert!(!data.path().join("song.wav.partial").exists());

    let another = object(&song(data.path(), &shop.url, &file, &["--again"]).output().unwrap());
    assert_eq!(another["resumed"], false);
    assert_ne!(another["payment_hash"], bought["payment_hash"]);
    assert_eq!(payments(data.path()), 2, "who asks for another buys another");
}

#[test]
fn a_buyer_killed_around_the_payment_goes_on_without_paying_again() {
    let data = tempfile::tempdir().unwrap();
    let shop = Shop::open(data.path());
    let file = data.path().join("song.wav");
    for (paid, place) in [(1, "song.paid_but_not_kept"), (2, "song.paid_and_kept")] {
        let seed = ["--seed", place.len().to_string().as_str()].map(str::to_owned);
        let seed: Vec<&str> = seed.iter().map(String::as_str).collect();
        let killed = song(data.path(), &shop.url, &file, &seed)
            .env("BUSKER_CRASH_AT", place)
            .output()
            .unwrap();
        assert!(!killed.status.success(), "{place}");
        assert_eq!(payments(data.path()), paid);

        let resumed = object(&song(data.path(), &shop.url, &file, &seed).output().unwrap());
        assert_eq!(resumed["resumed"], true, "{place}");
        assert_eq!(payments(data.path()), paid, "{place}");
        assert!(std::fs::metadata(&file).unwrap().len() > 100_000);
        std::fs::remove_file(&file).unwrap();
    }
}

#[test]
fn a_shop_that_restarts_after_the_payment_still_delivers() {
    let data = tempfile::tempdir().unwrap();
    let shop = Shop::open(data.path());
    let file = data.path().join("song.wav");
    let address = shop.address().to_owned();

    let mut buying = song(data.path(), &shop.url, &file, &[]);
    let buying = buying.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    wait_until(|| payments(data.path()) == 1);
    drop(shop);
    let _restarted = Shop::open_at(data.path(), &address);

    let bought = object(&buying.wait_with_output().unwrap());
    assert_eq!(bought["output"], file.to_str().unwrap());
    assert_eq!(payments(data.path()), 1);
}

#[test]
fn a_price_over_the_limit_is_not_paid() {
    let data = tempfile::tempdir().unwrap();
    let shop = Shop::open(data.path());
    let file = data.path().join("song.wav");
    let refused = song(data.path(), &shop.url, &file, &["--max-sats", "299"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(3), "{}", told(&refused));
    assert!(told(&refused).contains("300 sats"), "{}", told(&refused));
    assert_eq!(payments(data.path()), 0);
    assert!(!file.exists());
}

#[test]
fn a_dry_run_shows_the_price_and_keeps_nothing() {
    let data = tempfile::tempdir().unwrap();
    let shop = Shop::open(data.path());
    let file = data.path().join("song.wav");
    let shown = object(&song(data.path(), &shop.url, &file, &["--dry-run"]).output().unwrap());
    assert_eq!(shown["price_sats"], 300);
    assert!(shown["typical_seconds"]["p50"].is_number(), "{shown}");
    assert!(!data.path().join("purchases").exists());
    assert_eq!(payments(data.path()), 0);
}

#[test]
fn a_wrong_request_names_the_field_and_costs_nothing() {
    let data = tempfile::tempdir().unwrap();
    let shop = Shop::open(data.path());
    let refused = song(data.path(), &shop.url, Path::new("x.wav"), &["--bitrate", "96000"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2), "{}", told(&refused));
    assert!(told(&refused).contains("bitrate"), "{}", told(&refused));
    assert_eq!(payments(data.path()), 0);
}

#[test]
fn a_sandbox_of_another_folder_cannot_pay_and_says_what_helps() {
    let (shops, buyers) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let shop = Shop::open(shops.path());
    let refused = song(buyers.path(), &shop.url, Path::new("x.wav"), &[])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(told(&refused).contains("--manual"), "{}", told(&refused));
    assert_eq!(payments(shops.path()), 0);
}

#[test]
fn who_pays_by_hand_enters_the_preimage() {
    let (shops, buyers) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let shop = Shop::open(shops.path());
    let file = buyers.path().join("song.wav");
    let unpaid = song(buyers.path(), &shop.url, &file, &["--manual"]).output().unwrap();
    assert_eq!(unpaid.status.code(), Some(1));
    let shown = told(&unpaid);
    let invoice = shown
        .lines()
        .find(|line| line.starts_with("lnbcrt"))
        .expect("the invoice is shown");
    let paid = object(&busker(shops.path()).args(["pay", "--json", invoice]).output().unwrap());

    let mut command = song(buyers.path(), &shop.url, &file, &["--manual"]);
    let bought = object(&with_input(
        &mut command,
        &format!("no idea\n{}\n", paid["preimage"].as_str().unwrap()),
    ));
    assert_eq!(bought["payment_hash"], paid["payment_hash"]);
    assert!(file.exists());
    assert_eq!(payments(shops.path()), 1);
}

#[test]
fn a_shop_that_is_not_there_is_given_up_soon() {
    let data = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let refused = song(data.path(), "http://127.0.0.1:1", Path::new("x.wav"), &[])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        told(&refused).contains("no shop at http://127.0.0.1:1"),
        "{}",
        told(&refused)
    );
    assert!(began.elapsed() < Duration::from_secs(30));
}

#[test]
fn the_demo_tells_the_whole_story_and_leaves_a_song() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("demo.mp3");
    let prompt = "calm piano in C major, short";
    let told_by = busker(data.path())
        .args(["demo", "--prompt", prompt, "-o"])
        .arg(&file)
        .output()
        .unwrap();
    assert!(told_by.status.success(), "{}", told(&told_by));
    let story = String::from_utf8_lossy(&told_by.stdout);
    for step in [
        "http://127.0.0.1:",
        "POST /api/l402/generate-music",
        "402",
        "play money",
        "audioUrl",
        "Saved",
    ] {
        assert!(story.contains(step), "{step} is missing in\n{story}");
    }
    assert!(
        story.chars().all(|c| c == '\n' || !c.is_control()),
        "no terminal, no control characters"
    );
    assert_eq!(told(&told_by), "", "no terminal, no progress");
    assert!(std::fs::metadata(&file).unwrap().len() > 50_000);
}

fn wait_until(ready: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(60);
    while !ready() {
        assert!(Instant::now() < until, "it did not happen");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn with_input(command: &mut Command, input: &str) -> std::process::Output {
    use std::io::Write;
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}
