//! The score for other programs: JSON for judges and studios, MIDI for sequencers, LRC for players.

mod json;
mod lrc;
mod midi;
