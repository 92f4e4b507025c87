//! Files on a real disk.

use busker_core::audio::{AudioError, AudioStore};
use busker_core::id::AudioKey;
use busker_store::Files;
use bytes::Bytes;
use futures::TryStreamExt;
use sha2::{Digest, Sha256};

const KEY: AudioKey = AudioKey([0xAB; 16]);

fn song() -> Bytes {
    (0..300_000_u32).map(|index| (index % 251) as u8).collect()
}

#[tokio::test]
async fn a_file_reads_back_with_its_length_and_checksum() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::local(&folder.path().join("made/on/the/way")).unwrap();
    let stored = files.put(&KEY, "mp3", song()).await.unwrap();
    assert_eq!(stored.bytes, 300_000);
    assert_eq!(stored.sha256.0, <[u8; 32]>::from(Sha256::digest(song())));
    assert_eq!(files.size(&KEY, "mp3").await.unwrap(), 300_000);
    let name = KEY.to_hex();
    let place = folder.path().join(format!("made/on/the/way/ab/ab/{name}.mp3"));
    assert_eq!(std::fs::read(place).unwrap(), song());
}

#[tokio::test]
async fn any_range_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::local(folder.path()).unwrap();
    files.put(&KEY, "peaks.json", song()).await.unwrap();
    let whole = song();
    for range in [0..1, 0..300_000, 5..9, 100_000..250_000, 299_999..300_000, 7..7] {
        let open = files.open(&KEY, "peaks.json", Some(range.clone())).await.unwrap();
        assert_eq!(open.total, 300_000);
        let parts: Vec<Bytes> = open.content.try_collect().await.unwrap();
        assert_eq!(
            parts.concat(),
            whole[range.start as usize..range.end as usize],
            "{range:?}"
        );
    }
    let open = files.open(&KEY, "peaks.json", None).await.unwrap();
    let parts: Vec<Bytes> = open.content.try_collect().await.unwrap();
    assert_eq!(parts.concat(), whole);
}

#[tokio::test]
async fn a_missing_file_and_a_dangerous_name_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::local(folder.path()).unwrap();
    assert!(matches!(files.size(&KEY, "mp3").await, Err(AudioError::NotFound)));
    assert!(matches!(
        files.open(&KEY, "mp3", Some(0..1)).await,
        Err(AudioError::NotFound)
    ));
    let outside = files.put(&KEY, "mp3/../../../evil", song()).await;
    assert!(matches!(outside, Err(AudioError::Unavailable(_))));
}

#[tokio::test]
async fn a_second_put_replaces_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::local(folder.path()).unwrap();
    files.put(&KEY, "mp3", song()).await.unwrap();
    files.put(&KEY, "mp3", Bytes::from_static(b"new")).await.unwrap();
    assert_eq!(files.size(&KEY, "mp3").await.unwrap(), 3);
}

#[tokio::test]
async fn a_folder_that_went_away_is_noticed_before_a_quote_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("audio");
    let files = Files::local(&place).unwrap();
    files.check().await.unwrap();
    assert_eq!(
        std::fs::read_dir(&place).unwrap().count(),
        0,
        "the check leaves nothing behind"
    );
    std::fs::remove_dir(&place).unwrap();
    std::fs::write(&place, "a file where the folder was").unwrap();
    assert!(matches!(files.check().await, Err(AudioError::Unavailable(_))));
    assert!(Files::local(&place).is_err());
}
