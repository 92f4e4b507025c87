//! Engines that turn a song request into sound, and the encoders that make it a file.
