//! What a shop answers when the song is ready, read as generously as possible: shops agree on `audioUrl` only.

use reqwest::Url;
use serde_json::Value;

/// A song that can be fetched.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Delivery {
    /// Where.
    pub(crate) audio_url: Url,
    pub(crate) title: Option<String>,
    pub(crate) duration_seconds: Option<f64>,
    pub(crate) model: Option<String>,
    pub(crate) seed: Option<u64>,
    pub(crate) key: Option<String>,
    pub(crate) tempo: Option<f64>,
    pub(crate) order_url: Option<Url>,
    /// What the shop made beside the song, by what it is: "cover", "lrc", "chords", "midi".
    pub(crate) extras: Vec<(&'static str, Url)>,
    /// What the buyer should know about the song.
    pub(crate) warnings: Vec<String>,
}

/// Companions of a song and the members of the answer that say where they are.
const EXTRAS: [(&str, &str); 4] = [
    ("cover", "coverUrl"),
    ("lrc", "lrcUrl"),
    ("chords", "chordsUrl"),
    ("midi", "midiUrl"),
];

impl Delivery {
    /// Reads an answer to a request to `asked`: the song itself, or an order that holds it as its `result`.
    pub(crate) fn read(json: &Value, asked: &Url) -> Option<Self> {
        let holders = [json, &json["result"], &json["data"]];
        holders.into_iter().find_map(|holder| Self::read_song(holder, asked))
    }

    fn read_song(json: &Value, asked: &Url) -> Option<Self> {
        let text = |name: &str| json[name].as_str().map(str::to_owned).filter(|text| !text.is_empty());
        let address = ["audioUrl", "audio_url"].into_iter().find_map(text)?;
        let audio_url = asked
            .join(&address)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let extra = |(name, member): (&'static str, &str)| Some((name, asked.join(&text(member)?).ok()?));
        let warnings = json["warnings"].as_array().map(Vec::as_slice).unwrap_or_default();
        Some(Self {
            audio_url,
            title: text("title"),
            duration_seconds: json["duration_seconds"].as_f64(),
            model: text("model"),
            seed: json["seed"].as_u64(),
            key: text("key"),
            tempo: json["tempo"].as_f64(),
            order_url: text("order_url").and_then(|order| asked.join(&order).ok()),
            extras: EXTRAS.into_iter().filter_map(extra).collect(),
            warnings: warnings.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Url;
    use serde_json::json;

    use super::Delivery;

    fn read(json: &serde_json::Value) -> Option<Delivery> {
        Delivery::read(
            json,
            &Url::parse("https://shop.example/api/l402/generate-music").unwrap(),
        )
    }

    #[test]
    fn an_address_may_be_whole_or_relative_to_what_was_asked() {
        for (address, expected) in [
            ("https://files.example/a.mp3", "https://files.example/a.mp3"),
            ("/audio/a.mp3", "https://shop.example/audio/a.mp3"),
            ("a.mp3?t=1", "https://shop.example/api/l402/a.mp3?t=1"),
            ("//cdn.example/a.mp3", "https://cdn.example/a.mp3"),
        ] {
            assert_eq!(
                read(&json!({"audioUrl": address})).unwrap().audio_url.as_str(),
                expected
            );
        }
    }

    #[test]
    fn a_song_is_found_within_its_order() {
        let song = read(&json!({"status": "completed", "result": {"audioUrl": "/a.mp3", "title": "Rain", "seed": 7}}));
        let song = song.unwrap();
        assert_eq!((song.title.as_deref(), song.seed), (Some("Rain"), Some(7)));
    }

    #[test]
    fn an_answer_without_a_song_is_none() {
        for json in [
            json!(null),
            json!([]),
            json!({"audioUrl": ""}),
            json!({"audioUrl": "file:///etc/passwd"}),
        ] {
            assert_eq!(read(&json), None, "{json}");
        }
    }
}
