use busker_core::engine::{Catalog, Engine, EngineCard, EngineError, RenderOptions, RenderWatch};
use busker_core::request::SongRequest;
use busker_core::song::Song;
use busker_engines::Engines;
use serde_json::json;

struct Piano {
    card: EngineCard,
    works: bool,
}

impl Engine for Piano {
    fn card(&self) -> &EngineCard {
        &self.card
    }

    fn render(&self, _: &SongRequest, _: &RenderOptions, _: &dyn RenderWatch) -> Result<Song, EngineError> {
        Ok(Song::default())
    }

    fn ready(&self) -> Result<(), EngineError> {
        match self.works {
            true => Ok(()),
            false => Err(EngineError::Transient("a string is broken".to_owned())),
        }
    }
}

fn piano(id: u32, slug: &str, works: bool) -> Piano {
    Piano {
        card: EngineCard::for_tests(id, slug),
        works,
    }
}

fn request(body: &serde_json::Value, catalog: &Catalog) -> SongRequest {
    SongRequest::parse(body, catalog).unwrap().request
}

#[test]
fn a_request_is_played_by_the_engine_it_names_or_by_the_default_one() {
    let engines = Engines::default()
        .with(piano(2, "upright", true))
        .with(piano(1, "grand", true));
    let catalog = engines.catalog();
    let named = request(&json!({"prompt": "test", "modelId": 2}), &catalog);
    assert_eq!(engines.choose(&named).unwrap().card().slug, "upright");
    let open = request(&json!({"prompt": "test"}), &catalog);
    assert_eq!(engines.choose(&open).unwrap().card().slug, "grand");
    assert!(engines.by_slug("organ").is_none());
}

#[test]
fn a_name_or_number_belongs_to_one_engine() {
    let engines = Engines::default()
        .with(piano(1, "old", true))
        .with(piano(1, "new", true));
    let slugs: Vec<String> = engines.catalog().cards().iter().map(|card| card.slug.clone()).collect();
    assert_eq!(slugs, ["new"]);
}

#[test]
fn one_engine_that_works_is_enough_to_be_ready() {
    let broken = Engines::default().with(piano(1, "broken", false));
    assert!(broken.ready().unwrap_err().to_string().contains("a string is broken"));
    assert_eq!(broken.with(piano(2, "other", true)).ready(), Ok(()));
    assert!(Engines::default().ready().is_err());
}
