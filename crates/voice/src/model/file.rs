//! The voice file: a header in lines of text, then the parts it gives the places of.

use super::{BrokenVoice, ORDER, STATES};

/// A voice file of the shape the singer can use.
pub(super) struct VoiceFile<'a> {
    header: &'a str,
    data: &'a [u8],
}

/// The mark between header and data.
const MARK: &[u8] = b"[DATA]\n";

/// The windows of static values, first and second differences, as [`trajectory`](super::trajectory) has them.
const WINDOWS: [&str; 3] = ["1 1.0\n", "3 -0.5 0.0 0.5\n", "3 1.0 -2.0 1.0\n"];

impl<'a> VoiceFile<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, BrokenVoice> {
        let mark = bytes.windows(MARK.len()).position(|window| window == MARK);
        let (header, data) = bytes.split_at(mark.ok_or(header("does not end"))?);
        let file = Self {
            header: std::str::from_utf8(header).map_err(|_| self::header("is not text"))?,
            data: &data[MARK.len()..],
        };
        file.check()?;
        Ok(file)
    }

    /// Holds the header against what the rest of the singer takes for granted.
    fn check(&self) -> Result<(), BrokenVoice> {
        let (states, order) = (STATES.to_string(), ORDER.to_string());
        let expected = [
            ("SAMPLING_FREQUENCY", "32000"),
            ("FRAME_PERIOD", "160"),
            ("NUM_STATES", &states),
            ("VECTOR_LENGTH[MCP]", &order),
            ("NUM_WINDOWS[MCP]", "3"),
            ("OPTION[MCP]", "ALPHA=0.45"),
        ];
        for (name, value) in expected {
            if self.value(name)? != value {
                return Err(header("tells of another kind of voice"));
            }
        }
        let places = self.value("STREAM_WIN[MCP]")?.split(',');
        let windows = places.map(|place| self.slice(place)).collect::<Option<Vec<_>>>();
        if windows.is_none_or(|windows| windows != WINDOWS.map(str::as_bytes)) {
            return Err(header("tells of other windows"));
        }
        Ok(())
    }

    /// The part of the data that the header calls `name`.
    pub(super) fn bytes(&self, name: &str) -> Result<&'a [u8], BrokenVoice> {
        self.slice(self.value(name)?).ok_or(header("points beyond the file"))
    }

    /// The same for a part that is text.
    pub(super) fn text(&self, name: &str) -> Result<&'a str, BrokenVoice> {
        std::str::from_utf8(self.bytes(name)?).map_err(|_| header("points to what is not text"))
    }

    /// What a line `name:value` says.
    fn value(&self, name: &str) -> Result<&'a str, BrokenVoice> {
        let mut lines = self.header.lines();
        lines
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .ok_or(header("lacks a line"))
    }

    /// The bytes from the first to the last of a range such as `12-34`, both included.
    fn slice(&self, range: &str) -> Option<&'a [u8]> {
        let (first, last) = range.split_once('-')?;
        self.data.get(first.parse().ok()?..=last.parse().ok()?)
    }
}

fn header(problem: &'static str) -> BrokenVoice {
    BrokenVoice {
        part: "its header",
        problem,
    }
}
