//! `busker licenses`: the notices of what others made and this program carries inside itself. Their terms ask that
//! whoever gets the program can read them, and a single binary has no folder to lay them into.

use std::process::ExitCode;

use busker_core::request::AudioFormat;
use busker_engines::encode::formats;

use crate::output;

/// A part of this program that was made elsewhere.
struct Part {
    name: &'static str,
    /// What it does here, where it is from and whether it was changed.
    about: &'static str,
    /// Its notice in full.
    notice: &'static str,
}

const OWN: &str = "\
busker is licensed under MIT or Apache-2.0, as you like. The libraries it is built from are named in Cargo.lock, each with its
licence beside its source. These parts are inside the program itself:";

const VOICE: Part = Part {
    name: "The singing voice: cmu_us_slt_arctic_hts",
    about: "A small statistical model of speech, trained on the recordings of speaker SLT in the CMU ARCTIC databases. Taken \
            unchanged from Debian's package festvox-us-slt-hts 0.2010.10.25-4; how it is sung with is busker's own.",
    notice: include_str!("../../../voice/assets/cmu_us_slt_arctic_hts.LICENSE"),
};

const DICTIONARY: Part = Part {
    name: "The pronouncing dictionary: CMUdict",
    about: "How English words are spoken. Changed: packed for this program, which also learned from it how other words are read.",
    notice: include_str!("../../../voice/assets/cmudict.LICENSE"),
};

const FONT: Part = Part {
    name: "The font of the covers: Manrope Bold",
    about: "Changed: reduced to the letters in use.",
    notice: include_str!("../../../engines/assets/OFL.txt"),
};

const MP3: Part = Part {
    name: "The MP3 encoder: LAME 3.100, https://lame.sourceforge.io",
    about: "Unchanged, built from the source in the package mp3lame-sys named in Cargo.lock. To run busker with a LAME of \
            your own, see docs/adr/0004-lame-stays-relinkable.md in busker's source.",
    notice: include_str!("../../../engines/assets/LAME.COPYING"),
};

pub(crate) fn run() -> ExitCode {
    output::line(OWN);
    let with_mp3 = formats().any(|format| format == AudioFormat::Mp3);
    for Part { name, about, notice } in [VOICE, DICTIONARY, FONT].into_iter().chain(with_mp3.then_some(MP3)) {
        let rule = "=".repeat(name.chars().count());
        output::line(format_args!(
            "\n{name}\n{rule}\n{about}\n\n{}",
            notice.replace('\u{c}', "").trim_end()
        ));
    }
    ExitCode::SUCCESS
}
