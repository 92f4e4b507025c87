use std::fs;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

fn empty_log() -> (TempDir, Log) {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::open(folder.path().join("log"), folder.path().join("lock")).unwrap();
    (folder, log)
}

fn entry(number: u8) -> Entry {
    Entry {
        settled_at: Timestamp(1_795_333_199_000 + i64::from(number)),
        payment_hash: PaymentHash([number; 32]),
        amount: Msats(1000 * u64::from(number)),
    }
}

fn read_all(log: &Log) -> (Vec<Entry>, u64) {
    let mut entries = Vec::new();
    let end = log.read(0, |entry, _| {
        entries.push(entry);
        ReadOn::Yes
    });
    (entries, end.unwrap())
}

fn append(log: &Log, entry: Entry) {
    let turn = log.take_turn().unwrap();
    let (_, end) = read_all(log);
    log.append(&turn, end, entry).unwrap();
}

#[test]
fn a_line_reads_back_what_it_was_written_from() {
    let line = format(entry(3));
    assert_eq!(line, format!("1795333199003 {} 3000\n", "03".repeat(32)));
    assert_eq!(parse(line.trim_end().as_bytes()), Some(entry(3)));
}

#[test]
fn a_damaged_line_is_skipped_and_its_neighbours_are_not() {
    let (_folder, log) = empty_log();
    append(&log, entry(1));
    let whole = fs::read(&log.path).unwrap();
    fs::write(&log.path, [&whole, &b"\0\0\0\0\xff\n"[..], b"1 2 3\n\n"].concat()).unwrap();
    append(&log, entry(2));
    assert_eq!(read_all(&log).0, [entry(1), entry(2)]);
}

#[test]
fn reading_from_a_cursor_gives_what_came_after_it() {
    let (_folder, log) = empty_log();
    append(&log, entry(1));
    let (_, behind_first) = read_all(&log);
    append(&log, entry(2));
    let from = log.position(&Cursor(behind_first.to_string())).unwrap();
    let mut entries = Vec::new();
    log.read(from, |entry, _| {
        entries.push(entry);
        ReadOn::Yes
    })
    .unwrap();
    assert_eq!(entries, [entry(2)]);
}

#[test]
fn a_cursor_of_another_log_begins_anew_and_nonsense_is_refused() {
    let (_folder, log) = empty_log();
    append(&log, entry(1));
    for foreign in ["0", "5", "100000", "18446744073709551615"] {
        assert_eq!(log.position(&Cursor(foreign.into())).unwrap(), 0, "{foreign}");
    }
    for nonsense in ["abc", "-1", "1.5"] {
        let refused = log.position(&Cursor(nonsense.into()));
        assert!(matches!(refused, Err(LightningError::BadCursor(_))), "{nonsense}");
    }
}

#[test]
fn a_log_that_lost_lines_is_noticed() {
    let (_folder, log) = empty_log();
    append(&log, entry(1));
    let (_, end) = read_all(&log);
    fs::write(&log.path, "").unwrap();
    let outcome = log.read(end, |_, _| ReadOn::Yes);
    assert!(matches!(outcome, Err(LightningError::LogShrank { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Power cuts leave any beginning of the last writes, or zeros in place of them.
    #[test]
    fn any_torn_end_keeps_the_whole_lines_and_takes_new_ones(
        cut in 0..4 * format(entry(9)).len(),
        zeros in 0..40usize,
    ) {
        let (_folder, log) = empty_log();
        for number in 1..=4 {
            append(&log, entry(number));
        }
        let mut torn = fs::read(&log.path).unwrap();
        torn.truncate(cut);
        let whole_lines = torn.iter().filter(|byte| **byte == b'\n').count();
        torn.resize(cut + zeros, 0);
        fs::write(&log.path, &torn).unwrap();

        let mut expected: Vec<Entry> = (1..=4).map(entry).take(whole_lines).collect();
        prop_assert_eq!(&read_all(&log).0, &expected);
        append(&log, entry(9));
        expected.push(entry(9));
        prop_assert_eq!(read_all(&log).0, expected);
        prop_assert!(!fs::read(&log.path).unwrap().contains(&0));
    }

    #[test]
    fn no_content_makes_reading_panic(content in proptest::collection::vec(any::<u8>(), 0..400)) {
        let (_folder, log) = empty_log();
        fs::write(&log.path, &content).unwrap();
        let (_, end) = read_all(&log);
        prop_assert!(end <= content.len() as u64);
    }
}
