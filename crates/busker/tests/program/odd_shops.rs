//! `busker song` against shops that are not busker, and answer as such shops do.

use std::path::Path;
use std::process::Output;

use serde_json::json;

use crate::shop::{busker, object, payments, told};
use crate::stub::{Reply, Stub, payment_required};

fn buy(data: &Path, stub: &Stub, more: &[&str]) -> Output {
    let mut command = busker(data);
    command
        .args(["song", "--json", "--url", &stub.url, "--prompt", "sea shanty"])
        .args(more);
    command.current_dir(data).output().unwrap()
}

#[test]
fn a_relative_address_and_a_title_make_a_file() {
    let data = tempfile::tempdir().unwrap();
    let stub = Stub::play([
        payment_required(data.path(), 21),
        Reply::new("200 OK").json(&json!({"audioUrl": "../files/a.mp3", "title": "../Sea / Shanty"})),
        Reply::new("200 OK").bytes(b"ID3 song"),
    ]);
    let bought = object(&buy(data.path(), &stub, &[]));
    assert_eq!(bought["output"], "Sea Shanty.mp3");
    assert_eq!(std::fs::read(data.path().join("Sea Shanty.mp3")).unwrap(), b"ID3 song");
    assert_eq!(bought["price_sats"], 21);
    let asked = stub.asked();
    assert!(
        asked[1]
            .header("authorization")
            .unwrap()
            .starts_with("LSAT bm90IGEgbWFjYXJvb24:")
    );
    assert_eq!(asked[2].line, "GET /files/a.mp3 HTTP/1.1");
    assert_eq!(
        asked[2].header("authorization"),
        None,
        "the proof is for the shop alone"
    );
}

#[test]
fn a_song_in_the_making_is_asked_for_until_it_is_there() {
    let data = tempfile::tempdir().unwrap();
    let waiting = Reply::new("202 Accepted").header("Retry-After", "0");
    let stub = Stub::play([
        payment_required(data.path(), 21),
        waiting.clone(),
        waiting,
        Reply::new("202 Accepted")
            .header("Location", "/jobs/1")
            .header("Retry-After", "0"),
        Reply::new("200 OK").json(&json!({"status": "processing", "progress": 0.5, "stage": "mixing"})),
        Reply::new("200 OK").json(&json!({"status": "completed", "result": {"audioUrl": "/a.mp3"}})),
        Reply::new("200 OK")
            .header("Content-Disposition", "inline; filename=\"named.mp3\"")
            .bytes(b"ID3 song"),
    ]);
    let output = buy(data.path(), &stub, &[]);
    assert_eq!(object(&output)["output"], "named.mp3");
    assert!(told(&output).contains("mixing"), "{}", told(&output));
    assert_eq!(payments(data.path()), 1);
}

#[test]
fn a_broken_download_is_taken_up_where_it_broke() {
    let data = tempfile::tempdir().unwrap();
    let song: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let stub = Stub::play([
        payment_required(data.path(), 21),
        Reply::new("200 OK").json(&json!({"audioUrl": "/a.mp3"})),
        Reply::new("200 OK")
            .header("ETag", "\"1\"")
            .bytes(&song)
            .cut_after(40_000),
        Reply::new("503 Service Unavailable"),
        Reply::new("206 Partial Content")
            .header("Content-Range", "bytes 40000-99999/100000")
            .bytes(&song[40_000..]),
    ]);
    object(&buy(data.path(), &stub, &["-o", "a.mp3"]));
    assert!(std::fs::read(data.path().join("a.mp3")).unwrap() == song);
    let asked = stub.asked();
    assert_eq!(asked[4].header("range"), Some("bytes=40000-"));
    assert_eq!(asked[4].header("if-range"), Some("\"1\""));
}

#[test]
fn a_download_that_cannot_be_taken_up_begins_anew() {
    let data = tempfile::tempdir().unwrap();
    let stub = Stub::play([
        payment_required(data.path(), 21),
        Reply::new("200 OK").json(&json!({"audioUrl": "/a.mp3"})),
        Reply::new("200 OK").bytes(b"the old song").cut_after(7),
        Reply::new("200 OK").bytes(b"another song"),
    ]);
    object(&buy(data.path(), &stub, &["-o", "a.mp3"]));
    assert_eq!(std::fs::read(data.path().join("a.mp3")).unwrap(), b"another song");
}

#[test]
fn a_shop_that_sees_the_payment_late_gets_the_same_proof_again_and_no_second_payment() {
    let data = tempfile::tempdir().unwrap();
    let stub = Stub::play([
        payment_required(data.path(), 21),
        payment_required(data.path(), 21),
        Reply::new("500 Internal Server Error"),
        Reply::new("200 OK").json(&json!({"audioUrl": "/a.mp3"})),
        Reply::new("200 OK").bytes(b"ID3 song"),
    ]);
    object(&buy(data.path(), &stub, &["-o", "a.mp3"]));
    assert_eq!(payments(data.path()), 1);
    let proofs: Vec<_> = stub.asked()[1..4]
        .iter()
        .map(|asked| asked.header("authorization").unwrap().to_owned())
        .collect();
    assert!(proofs[0] == proofs[1] && proofs[1] == proofs[2]);
}

#[test]
fn a_song_that_failed_names_the_way_to_another_try_and_to_the_money() {
    let data = tempfile::tempdir().unwrap();
    let failed = Reply::new("502 Bad Gateway").json(&json!({
        "error_code": "GENERATION_FAILED", "detail": "the song could not be made", "retry_url": "/orders/1/retry",
        "refund_url": "/orders/1/refund", "refund": {"status": "pending"},
    }));
    let stub = Stub::play([
        payment_required(data.path(), 21),
        failed.clone(),
        failed,
        Reply::new("200 OK").json(&json!({"status": "processing"})),
        Reply::new("200 OK").json(&json!({"audioUrl": "/a.mp3"})),
        Reply::new("200 OK").bytes(b"ID3 song"),
    ]);
    let refused = buy(data.path(), &stub, &[]);
    assert_eq!(refused.status.code(), Some(4), "{}", told(&refused));
    assert!(told(&refused).contains("/orders/1/retry") && told(&refused).contains("/orders/1/refund"));

    let retried = object(&buy(data.path(), &stub, &["--retry", "-o", "a.mp3"]));
    assert_eq!(retried["resumed"], true);
    assert_eq!(stub.asked()[3].line, "POST /orders/1/retry HTTP/1.1");
    assert_eq!(payments(data.path()), 1);
}

#[test]
fn an_invoice_of_another_network_is_refused_before_anything_is_kept() {
    const MAINNET: &str = "lnbc20m1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygspp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqhp58yjmdan79s6qqdhdzgynm4zwqd5d7xmw5fk98klysy043l2ahrqs9qrsgq7ea976txfraylvgzuxs8kgcw23ezlrszfnh8r6qtfpr6cxga50aj6txm9rxrydzd06dfeawfk6swupvz4erwnyutnjq7x39ymw6j38gp7ynn44";
    let data = tempfile::tempdir().unwrap();
    let challenge = format!(r#"L402 macaroon="bm90IGEgbWFjYXJvb24", invoice="{MAINNET}""#);
    let stub = Stub::play([Reply::new("402 Payment Required").header("WWW-Authenticate", challenge)]);
    let refused = buy(data.path(), &stub, &["--max-sats", "9000000"]);
    assert_eq!(refused.status.code(), Some(1));
    let told = told(&refused);
    assert!(told.contains("mainnet") && told.contains("nothing was paid"), "{told}");
}
