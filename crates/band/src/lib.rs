//! The embedded band: from words to sound, as a pure function of request and seed.
