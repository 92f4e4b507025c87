use serde_json::Value;

use super::shop::{TestShop, problem, request};

#[tokio::test]
async fn a_song_is_served_whole_in_parts_and_not_again_when_known() {
    let shop = TestShop::open().await;
    let (_, authorization) = shop.bought(&request()).await;
    let song: Value = shop.redeem(&request(), &authorization).await.json().await.unwrap();
    let url = song["audioUrl"].as_str().unwrap();

    let whole = shop.http.get(url).send().await.unwrap();
    assert_eq!(whole.status(), 200);
    let headers = whole.headers().clone();
    assert_eq!(headers["accept-ranges"], "bytes");
    assert!(
        headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("inline; filename=")
    );
    let bytes = whole.bytes().await.unwrap();
    assert_eq!(headers["content-length"].to_str().unwrap(), bytes.len().to_string());

    let head = shop.http.head(url).send().await.unwrap();
    assert_eq!(head.headers()["content-length"], headers["content-length"]);
    assert_eq!(head.headers()["etag"], headers["etag"]);

    for (range, expected) in [
        ("bytes=0-99", 0..100),
        ("bytes=100-", 100..bytes.len()),
        ("bytes=-7", bytes.len() - 7..bytes.len()),
    ] {
        let part = shop.http.get(url).header("Range", range).send().await.unwrap();
        assert_eq!(part.status(), 206, "{range}");
        let content_range = format!("bytes {}-{}/{}", expected.start, expected.end - 1, bytes.len());
        assert_eq!(part.headers()["content-range"], content_range.as_str());
        assert_eq!(part.bytes().await.unwrap(), bytes.slice(expected), "{range}");
    }
    let outside = shop
        .http
        .get(url)
        .header("Range", "bytes=99999999-")
        .send()
        .await
        .unwrap();
    assert_eq!(
        outside.headers()["content-range"],
        format!("bytes */{}", bytes.len()).as_str()
    );
    assert_eq!(problem(outside).await["error_code"], "RANGE_NOT_SATISFIABLE");
    let stale = shop
        .http
        .get(url)
        .header("Range", "bytes=0-9")
        .header("If-Range", "\"old\"")
        .send()
        .await
        .unwrap();
    assert_eq!(stale.status(), 200, "a part of another file would be noise");
    let known = shop
        .http
        .get(url)
        .header("If-None-Match", headers["etag"].clone())
        .send()
        .await
        .unwrap();
    assert_eq!(known.status(), 304);

    let saved = shop.http.get(format!("{url}?download")).send().await.unwrap();
    assert!(
        saved.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment; filename=")
    );
    let peaks = shop.http.get(song["peaksUrl"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(peaks.headers()["content-type"], "application/json");
    peaks.json::<Value>().await.unwrap();
}

#[tokio::test]
async fn the_cover_comes_as_png_and_svg_and_is_kept_by_browsers() {
    let shop = TestShop::open().await;
    let body = request();
    let (_, authorization) = shop.bought(&body).await;
    let song: Value = shop.redeem(&body, &authorization).await.json().await.unwrap();
    let png = song["coverUrl"].as_str().unwrap().to_owned();
    let svg = png.replace(".png", ".svg");
    for (url, media_type, magic) in [(png, "image/png", &b"\x89PNG"[..]), (svg, "image/svg+xml", b"<svg ")] {
        let file = shop.http.get(url).send().await.unwrap();
        assert_eq!(file.headers()["content-type"], media_type);
        assert!(file.headers()["cache-control"].to_str().unwrap().contains("immutable"));
        assert!(file.bytes().await.unwrap().starts_with(magic));
    }
}

#[tokio::test]
async fn lyrics_with_times_come_as_text_and_not_for_an_instrumental() {
    let shop = TestShop::open().await;
    let (_, authorization) = shop.bought(&request()).await;
    let song: Value = shop.redeem(&request(), &authorization).await.json().await.unwrap();
    let lrc = shop.http.get(song["lrcUrl"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(lrc.headers()["content-type"], "text/plain; charset=utf-8");
    assert!(lrc.text().await.unwrap().starts_with("[00:00.10]"));

    let mut body = request();
    body["is_instrumental"] = true.into();
    let (_, authorization) = shop.bought(&body).await;
    let song: Value = shop.redeem(&body, &authorization).await.json().await.unwrap();
    assert_eq!((&song["lyrics"], &song["lrcUrl"]), (&"".into(), &Value::Null));
    let lrc = song["audioUrl"].as_str().unwrap().replace(".mp3", ".lrc");
    assert_eq!(
        problem(shop.http.get(lrc).send().await.unwrap()).await["error_code"],
        "NOT_FOUND"
    );
}

#[tokio::test]
async fn every_format_comes_with_its_media_type() {
    let shop = TestShop::open().await;
    for (format, media_type, magic) in [
        ("wav", "audio/wav", &b"RIFF"[..]),
        ("pcm", "application/octet-stream", &b""[..]),
    ] {
        let mut body = request();
        body["audio_format"] = format.into();
        let (_, authorization) = shop.bought(&body).await;
        let song: Value = shop.redeem(&body, &authorization).await.json().await.unwrap();
        let url = song["audioUrl"].as_str().unwrap();
        assert!(url.ends_with(format));
        let file = shop.http.get(url).send().await.unwrap();
        assert_eq!(file.headers()["content-type"], media_type);
        assert!(file.bytes().await.unwrap().starts_with(magic));
    }
}
