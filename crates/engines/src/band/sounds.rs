//! Where the band's sampled instruments come from: nowhere, a file, or the first good place of a system.
//!
//! A SoundFont is read when the first song needs it, once, and shared by all songs of the process. One that cannot be used
//! never costs a song: the band plays everything itself, and says so among the song's warnings.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use busker_band::soundfont::SoundFont;

/// Larger files are refused: they would stay in memory as long as the shop is open.
const LARGEST: u64 = 1 << 30;

/// Where Linux distributions put SoundFonts.
const FOLDERS: [&str; 3] = [
    "/usr/share/sounds/sf2",
    "/usr/share/soundfonts",
    "/usr/local/share/soundfonts",
];
/// General MIDI SoundFonts, the best first; the links that distributions point at any of them last.
const FILES: [&str; 6] = [
    "FluidR3_GM.sf2",
    "MuseScore_General.sf2",
    "GeneralUser-GS.sf2",
    "default-GM.sf2",
    "default.sf2",
    "TimGM6mb.sf2",
];

/// Which SoundFont the band uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SoundFontChoice {
    /// None: the band's own instruments play everything, on every machine alike.
    #[default]
    None,
    /// The best one in the usual places.
    Auto,
    /// This file.
    File(PathBuf),
}

impl SoundFontChoice {
    /// Reads "none" (or nothing), "auto", or the path of a file.
    pub fn named(text: &str) -> Self {
        match text {
            "" | "none" => Self::None,
            "auto" => Self::Auto,
            path => Self::File(PathBuf::from(path)),
        }
    }

    /// The file this means on this machine.
    fn file(&self) -> Result<Option<PathBuf>, SoundFontFailure> {
        match self {
            Self::None => Ok(None),
            Self::File(path) => Ok(Some(path.clone())),
            Self::Auto => installed_soundfont().map(Some).ok_or(SoundFontFailure::NotInstalled),
        }
    }
}

/// Why no SoundFont is in use though one was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SoundFontFailure {
    /// "auto" found none.
    #[error(
        "there is no SoundFont in the usual places; install one (Debian: `apt install fluid-soundfont-gm`), name a file, or \
         set engines.band.soundfont to \"none\""
    )]
    NotInstalled,
    /// The file cannot be opened.
    #[error("the SoundFont {} cannot be opened: {cause}", path.display())]
    Unopened {
        /// Which one.
        path: PathBuf,
        /// The system's words.
        cause: String,
    },
    /// The file is larger than 1 GiB.
    #[error("the SoundFont {} has {megabytes} MB; at most 1024 are kept in memory", path.display())]
    TooLarge {
        /// Which one.
        path: PathBuf,
        /// Its size.
        megabytes: u64,
    },
    /// The file is none, damaged, or not for General MIDI.
    #[error("the SoundFont {} cannot be used: {cause}", path.display())]
    Unusable {
        /// Which one.
        path: PathBuf,
        /// What is wrong with it.
        cause: busker_band::soundfont::SoundFontError,
    },
}

/// The best SoundFont that is installed in the usual places, if there is one.
pub fn installed_soundfont() -> Option<PathBuf> {
    let places = FILES
        .iter()
        .flat_map(|file| FOLDERS.iter().map(move |folder| Path::new(folder).join(file)));
    places.into_iter().find(|path| path.is_file())
}

/// A choice, and what came of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Sounds {
    choice: SoundFontChoice,
    opened: Arc<OnceLock<Result<Option<SoundFont>, SoundFontFailure>>>,
}

impl Sounds {
    /// Nothing is read yet.
    pub(super) fn new(choice: SoundFontChoice) -> Self {
        Self {
            choice,
            opened: Arc::default(),
        }
    }

    /// The SoundFont to use, read if this is the first time that somebody asks.
    pub(super) fn open(&self) -> Result<Option<SoundFont>, SoundFontFailure> {
        let opened = self.opened.get_or_init(|| match self.choice.file()? {
            Some(path) => read(&path).map(Some),
            None => Ok(None),
        });
        opened.clone()
    }
}

fn read(path: &Path) -> Result<SoundFont, SoundFontFailure> {
    let unopened = |cause: std::io::Error| SoundFontFailure::Unopened {
        path: path.to_owned(),
        cause: cause.to_string(),
    };
    let file = File::open(path).map_err(unopened)?;
    let size = file.metadata().map_err(unopened)?.len();
    if size > LARGEST {
        return Err(SoundFontFailure::TooLarge {
            path: path.to_owned(),
            megabytes: size >> 20,
        });
    }
    SoundFont::read(BufReader::with_capacity(1 << 20, file)).map_err(|cause| SoundFontFailure::Unusable {
        path: path.to_owned(),
        cause,
    })
}

#[cfg(test)]
mod tests {
    use super::{SoundFontChoice, SoundFontFailure, Sounds};

    #[test]
    fn words_choose_and_anything_else_is_a_path() {
        assert_eq!(SoundFontChoice::named(""), SoundFontChoice::None);
        assert_eq!(SoundFontChoice::named("none"), SoundFontChoice::None);
        assert_eq!(SoundFontChoice::named("auto"), SoundFontChoice::Auto);
        assert_eq!(
            SoundFontChoice::named("/x/y.sf2"),
            SoundFontChoice::File("/x/y.sf2".into())
        );
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_with_its_name() {
        assert_eq!(Sounds::default().open().map(|font| font.is_none()), Ok(true));
        let missing = Sounds::new(SoundFontChoice::named("/no/such/file.sf2"))
            .open()
            .unwrap_err();
        assert!(
            missing.to_string().contains("/no/such/file.sf2 cannot be opened"),
            "{missing}"
        );
        let folder = env!("CARGO_MANIFEST_DIR");
        let text = Sounds::new(SoundFontChoice::named(&format!("{folder}/Cargo.toml")))
            .open()
            .unwrap_err();
        assert!(matches!(text, SoundFontFailure::Unusable { .. }), "{text}");
    }
}
