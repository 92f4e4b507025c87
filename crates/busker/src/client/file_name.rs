//! Names for songs whose buyer gave none. A server's text becomes a file name here, so nothing in it may be trusted.

use std::path::{Path, PathBuf};

/// Long enough for any title, short enough for every file system.
const LONGEST_NAME: usize = 100;

/// A file name from a title or a server's file name, without folders, control characters and what Windows refuses.
pub(crate) fn safe_name(text: &str) -> String {
    let tame = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => ' ',
        c if c.is_control() || is_invisible(c) => ' ',
        c => c,
    };
    let tamed: String = text.chars().map(tame).collect();
    let words = tamed.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = words
        .trim_start_matches(['.', '-', ' '])
        .chars()
        .take(LONGEST_NAME)
        .collect();
    let name = name.trim_end_matches(['.', ' ']);
    if name.is_empty() || is_device(name) {
        format!("song{}{name}", if name.is_empty() { "" } else { " " })
    } else {
        name.to_owned()
    }
}

/// The name in a `Content-Disposition` header: `filename*` (RFC 8187) before `filename`, without its ending.
pub(crate) fn disposition_stem(header: &str) -> Option<String> {
    let name = parameter(header, "filename*=").and_then(|value| decode_extended(&value));
    let name = name.or_else(|| parameter(header, "filename="))?;
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    (!stem.trim().is_empty()).then(|| stem.to_owned())
}

/// The ending of the song's address, or what its media type says.
pub(crate) fn extension(path: &str, media_type: Option<&str>) -> &'static str {
    let ending = Path::new(path)
        .extension()
        .and_then(|ending| ending.to_str())
        .map(str::to_ascii_lowercase);
    let known = ["mp3", "wav", "pcm", "flac", "ogg", "opus", "m4a", "aac"];
    let from_address = known.into_iter().find(|known| ending.as_deref() == Some(known));
    from_address.unwrap_or_else(
        || match media_type.map(|kind| kind.split(';').next().unwrap_or_default().trim()) {
            Some("audio/wav" | "audio/x-wav" | "audio/vnd.wave") => "wav",
            Some("audio/flac") => "flac",
            Some("audio/ogg") => "ogg",
            Some("audio/mp4") => "m4a",
            Some("application/octet-stream" | "audio/pcm" | "audio/l16" | "audio/L16") => "pcm",
            _ => "mp3",
        },
    )
}

/// `stem.extension`, or with a number behind when another file has that name already.
pub(crate) fn free_path(folder: &Path, stem: &str, extension: &str, may_replace: Option<&Path>) -> PathBuf {
    let numbered = |number: u32| match number {
        1 => folder.join(format!("{stem}.{extension}")),
        _ => folder.join(format!("{stem} {number}.{extension}")),
    };
    let free = |path: &PathBuf| may_replace == Some(path.as_path()) || !path.exists();
    (1..10_000).map(numbered).find(free).unwrap_or_else(|| numbered(1))
}

/// Characters that show nothing but change the order of those that do.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Names that Windows keeps for devices, whatever follows the first dot.
fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

fn parameter(header: &str, name: &str) -> Option<String> {
    let lower = header.to_ascii_lowercase();
    let mut from = 0;
    let start = loop {
        let at = from + lower.get(from..)?.find(name)?;
        let before = lower[..at].trim_end().chars().next_back();
        if matches!(before, None | Some(';')) {
            break at + name.len();
        }
        from = at + name.len();
    };
    let rest = &header[start..];
    let Some(quoted) = rest.strip_prefix('"') else {
        return Some(rest.split(';').next().unwrap_or_default().trim().to_owned());
    };
    let mut value = String::new();
    let mut characters = quoted.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => return Some(value),
            '\\' => value.extend(characters.next()),
            c => value.push(c),
        }
    }
    None
}

/// `UTF-8''R%C3%A9v%C3%A9` as text.
fn decode_extended(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_language, encoded) = rest.split_once('\'')?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte == b'%' {
            let digits = tail.get(..2)?;
            bytes.extend(hex::decode(digits).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_and_never_a_path() {
        for (title, name) in [
            ("Rain Tonight", "Rain Tonight"),
            ("../../etc/passwd", "etc passwd"),
            ("C:\\Windows\\song", "C Windows song"),
            (".hidden", "hidden"),
            ("-rf", "rf"),
            ("a\r\n\tb\u{202E}c", "a b c"),
            ("雨の夜", "雨の夜"),
            ("What? No!...", "What No!"),
            ("", "song"),
            ("...", "song"),
            ("con", "song con"),
            ("LPT1.x", "song LPT1.x"),
            ("Conga", "Conga"),
        ] {
            assert_eq!(safe_name(title), name, "{title:?}");
        }
        assert_eq!(safe_name(&"é".repeat(500)).chars().count(), LONGEST_NAME);
    }

    #[test]
    fn a_servers_file_name_is_read_in_both_forms() {
        for (header, stem) in [
            (r#"inline; filename="Rain Tonight.mp3""#, Some("Rain Tonight")),
            (
                r#"attachment; filename="_.mp3"; filename*=UTF-8''%E9%9B%A8.mp3"#,
                Some("雨"),
            ),
            (r#"attachment; filename=plain.mp3; x=y"#, Some("plain")),
            (r#"attachment; filename="a \"b\".mp3""#, Some("a \"b\"")),
            (r#"attachment; filename="../../x.mp3""#, Some("x")),
            (r#"attachment; filename*=latin1''%E9.mp3; filename="e.mp3""#, Some("e")),
            (r#"attachment; filename*=UTF-8''%ZZ"#, None),
            (r#"attachment; filename="cut"#, None),
            ("inline", None),
        ] {
            assert_eq!(disposition_stem(header).as_deref(), stem, "{header}");
        }
    }

    #[test]
    fn the_ending_is_that_of_the_address_or_of_the_media_type() {
        assert_eq!(extension("/audio/ab.WAV", Some("audio/mpeg")), "wav");
        assert_eq!(extension("/audio/ab", Some("audio/wav; x=1")), "wav");
        assert_eq!(extension("/audio/ab.php", None), "mp3");
    }

    #[test]
    fn nobody_elses_file_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let first = free_path(folder.path(), "Rain", "mp3", None);
        assert_eq!(first, folder.path().join("Rain.mp3"));
        std::fs::write(&first, "x").unwrap();
        assert_eq!(
            free_path(folder.path(), "Rain", "mp3", None),
            folder.path().join("Rain 2.mp3")
        );
        assert_eq!(free_path(folder.path(), "Rain", "mp3", Some(&first)), first);
    }
}
