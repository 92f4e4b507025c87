//! An engine that does what the test says.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use busker_core::engine::{Engine, EngineCard, EngineError, RenderOptions, RenderWatch};
use busker_core::request::SongRequest;
use busker_core::song::{LyricLine, Song, SongFacts};

/// How often a held render asks whether it was cancelled.
const ASK_EVERY: Duration = Duration::from_millis(5);

/// What every sung song of a [`ScriptedEngine`] warns of.
pub const WARNING: &str = "the silence is sung with an accent";

/// Makes half a second of silence at once, unless scripted otherwise. It has words unless it is an instrumental.
#[derive(Debug)]
pub struct ScriptedEngine {
    card: EngineCard,
    failures: Mutex<VecDeque<EngineError>>,
    held: Mutex<bool>,
    released: Condvar,
    begun: AtomicUsize,
    finished: AtomicUsize,
}

impl ScriptedEngine {
    /// An engine called `slug` with the number 1, which makes it the default.
    pub fn new(slug: &str) -> Self {
        Self::with_card(EngineCard::for_tests(1, slug))
    }

    /// An engine with a card of the test's own.
    pub fn with_card(card: EngineCard) -> Self {
        Self {
            card,
            failures: Mutex::default(),
            held: Mutex::new(false),
            released: Condvar::new(),
            begun: AtomicUsize::new(0),
            finished: AtomicUsize::new(0),
        }
    }

    /// The next renders fail with these, one each.
    #[must_use]
    pub fn failing_with(self, errors: impl IntoIterator<Item = EngineError>) -> Self {
        self.failures.lock().unwrap().extend(errors);
        self
    }

    /// The next `times` renders fail for now.
    #[must_use]
    pub fn failing(self, times: usize) -> Self {
        let error = EngineError::Transient("a string broke".to_owned());
        self.failing_with(std::iter::repeat_n(error, times))
    }

    /// Renders begun from now on stay half done until [`ScriptedEngine::release`] or cancellation.
    pub fn hold(&self) {
        *self.held.lock().unwrap() = true;
    }

    /// Lets held renders finish.
    pub fn release(&self) {
        *self.held.lock().unwrap() = false;
        self.released.notify_all();
    }

    /// How many renders began.
    pub fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }

    /// How many renders gave a song.
    pub fn finished(&self) -> usize {
        self.finished.load(Ordering::SeqCst)
    }

    fn wait_while_held(&self, watch: &dyn RenderWatch) -> Result<(), EngineError> {
        let mut held = self.held.lock().unwrap();
        while *held {
            if watch.cancelled() {
                return Err(EngineError::Cancelled);
            }
            held = self.released.wait_timeout(held, ASK_EVERY).unwrap().0;
        }
        Ok(())
    }
}

impl Engine for ScriptedEngine {
    fn card(&self) -> &EngineCard {
        &self.card
    }

    fn render(
        &self,
        request: &SongRequest,
        _options: &RenderOptions,
        watch: &dyn RenderWatch,
    ) -> Result<Song, EngineError> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        watch.progress(0.1, "tuning");
        if watch.cancelled() {
            return Err(EngineError::Cancelled);
        }
        if let Some(error) = self.failures.lock().unwrap().pop_front() {
            return Err(error);
        }
        watch.progress(0.5, "playing");
        self.wait_while_held(watch)?;
        watch.progress(1.0, "done");
        self.finished.fetch_add(1, Ordering::SeqCst);
        Ok(short_song(request))
    }
}

fn short_song(request: &SongRequest) -> Song {
    let rate = 44_100;
    let silence = Song {
        rate,
        samples: vec![0.0; rate as usize], // half a second: two channels
        facts: SongFacts {
            title: "A Short Silence".to_owned(),
            seed: request.effective_seed(),
            ..SongFacts::default()
        },
        ..Song::default()
    };
    if request.is_instrumental {
        silence
    } else {
        sung(silence)
    }
}

fn sung(song: Song) -> Song {
    Song {
        facts: SongFacts {
            lyrics: "a short silence".to_owned(),
            language: Some("en".to_owned()),
            warnings: vec![WARNING.to_owned()],
            ..song.facts
        },
        lines: vec![LyricLine {
            text: "a short silence".to_owned(),
            start: 0.1,
            end: 0.4,
            words: Vec::new(),
        }],
        lrc: Some("[00:00.10]a short silence\n".to_owned()),
        ..song
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::build;

    #[derive(Default)]
    struct Watch(AtomicBool);

    impl RenderWatch for Watch {
        fn progress(&self, _fraction: f32, _stage: &str) {}
        fn cancelled(&self) -> bool {
            self.0.load(Ordering::SeqCst)
        }
    }

    #[test]
    fn it_fails_as_often_as_told_and_then_plays() {
        let engine = ScriptedEngine::new("band").failing(2);
        let (request, options, watch) = (build::request(1), RenderOptions::default(), Watch::default());
        assert!(engine.render(&request, &options, &watch).is_err());
        assert!(engine.render(&request, &options, &watch).is_err());
        assert_eq!(engine.render(&request, &options, &watch).unwrap().facts.seed, 1);
        assert_eq!((engine.begun(), engine.finished()), (3, 1));
    }

    #[test]
    fn a_held_render_ends_when_released_or_cancelled() {
        let engine = ScriptedEngine::new("band");
        engine.hold();
        let (request, options, watch) = (build::request(1), RenderOptions::default(), Watch::default());
        std::thread::scope(|scope| {
            let held = scope.spawn(|| engine.render(&request, &options, &watch));
            while engine.begun() == 0 {
                std::thread::yield_now();
            }
            engine.release();
            assert!(held.join().unwrap().is_ok());
            engine.hold();
            let cancelled = scope.spawn(|| engine.render(&request, &options, &watch));
            watch.0.store(true, Ordering::SeqCst);
            assert_eq!(cancelled.join().unwrap().unwrap_err(), EngineError::Cancelled);
        });
    }
}
