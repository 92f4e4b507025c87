//! The score for other programs: JSON for judges and studios, MIDI for sequencers, LRC for players,
//! ChordPro for those who play along.

mod chart;
mod chordpro;
mod json;
mod lrc;
mod midi;
