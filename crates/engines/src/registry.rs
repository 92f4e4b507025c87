//! The engines this shop has.

use std::sync::Arc;

use busker_core::engine::{Catalog, Engine, EngineError};
use busker_core::request::SongRequest;

/// Engines in the order they are shown. Cheap to clone; clones share the engines.
///
/// A new engine is a module with its `impl Engine` here, and one call of [`Engines::with`] where the program is put
/// together.
#[derive(Clone, Default)]
pub struct Engines {
    engines: Vec<Arc<dyn Engine>>,
}

impl std::fmt::Debug for Engines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let slugs = self.engines.iter().map(|engine| &engine.card().slug);
        f.debug_list().entries(slugs).finish()
    }
}

impl Engines {
    /// With `engine` as the last. One with the same number or name gives way: a buyer's `modelId` names one model.
    #[must_use]
    pub fn with(mut self, engine: impl Engine + 'static) -> Self {
        let card = engine.card();
        self.engines
            .retain(|other| other.card().id != card.id && other.card().slug != card.slug);
        self.engines.push(Arc::new(engine));
        self
    }

    /// The cards of all engines.
    pub fn catalog(&self) -> Catalog {
        Catalog::new(self.engines.iter().map(|engine| engine.card().clone()).collect())
    }

    /// The engine of that name.
    pub fn by_slug(&self, slug: &str) -> Option<Arc<dyn Engine>> {
        self.engines.iter().find(|engine| engine.card().slug == slug).cloned()
    }

    /// The engine that [`Catalog::choose`] picks for `request`.
    pub fn choose(&self, request: &SongRequest) -> Option<Arc<dyn Engine>> {
        let slug = self.catalog().choose(request)?.slug.clone();
        self.by_slug(&slug)
    }

    /// Whether any engine could work now.
    ///
    /// # Errors
    /// Why the last one could not, for the operator.
    pub fn ready(&self) -> Result<(), EngineError> {
        let mut reason = EngineError::Permanent("no engine is configured".to_owned());
        for engine in &self.engines {
            match engine.ready() {
                Ok(()) => return Ok(()),
                Err(error) => reason = error,
            }
        }
        Err(reason)
    }
}
