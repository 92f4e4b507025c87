//! All genres, read once.

use std::sync::LazyLock;

use super::Genre;
use crate::Error;

/// The genre files as text, sorted by file name.
const FILES: &[&str] = &include!(concat!(env!("OUT_DIR"), "/genres.rs"));

/// The genre taken when a prompt names none.
const USUAL: &str = "pop";

/// All genres.
#[derive(Debug, Default)]
pub(crate) struct Library {
    genres: Vec<Genre>,
    /// Stands in should no file be readable, which the tests rule out.
    bare: Genre,
}

impl Library {
    /// Reads and checks every file.
    ///
    /// # Errors
    /// The first fault found, in the words of [`Error`].
    pub(crate) fn read() -> Result<Self, Error> {
        let mut genres = Vec::new();
        for file in FILES {
            let genre = toml::from_str::<Genre>(file)?;
            genre.check()?;
            genres.push(genre);
        }
        Ok(Self {
            genres,
            bare: Genre::default(),
        })
    }

    /// Every genre, in the order of the files' names.
    pub(crate) fn all(&self) -> &[Genre] {
        &self.genres
    }

    /// The genre taken when a prompt names none.
    pub(crate) fn usual(&self) -> &Genre {
        self.named(USUAL).or(self.genres.first()).unwrap_or(&self.bare)
    }

    /// The genre of this name.
    pub(crate) fn named(&self, name: &str) -> Option<&Genre> {
        self.genres.iter().find(|genre| genre.name == name)
    }
}

/// The embedded genres.
pub(crate) fn library() -> &'static Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::read().unwrap_or_default());
    &LIBRARY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_genre_file_is_sound() {
        let library = Library::read().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(library.all().len(), FILES.len());
        assert!(library.named(USUAL).is_some());
    }

    #[test]
    fn no_two_genres_answer_to_the_same_words() {
        let mut words = library()
            .all()
            .iter()
            .flat_map(|genre| &genre.words)
            .collect::<Vec<_>>();
        words.sort();
        let repeated = words.windows(2).find(|pair| pair[0] == pair[1]);
        assert_eq!(repeated, None);
    }
}
