//! The singer: text to syllables and phones.
