//! Orders, queue and audio files, durably.
