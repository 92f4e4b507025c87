//! What the demo says: each step of buying a song, as it really happens on the wire, in plain words.

use std::fmt::Display;
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use serde_json::Value;

use crate::client::meter::{Meter, plain};
use crate::client::quote::{Offer, Quote};
use crate::client::teller::{Event, Teller, Work};
use crate::client::{Bought, Wish};
use crate::commands::song;

/// Tells the demo, unless a program listens.
pub(crate) struct Story {
    silent: bool,
    meter: Meter,
    making: Mutex<Making>,
}

/// When the song was asked for and when it was there.
#[derive(Clone, Copy, Default)]
struct Making {
    began: Option<Instant>,
    seconds: Option<f64>,
}

impl Story {
    pub(crate) fn new(silent: bool) -> Self {
        Self {
            silent,
            meter: Meter::new(),
            making: Mutex::default(),
        }
    }

    pub(crate) fn shop_opened(&self, url: &str) {
        self.step(1, "A shop opens on this machine");
        self.fact("address", url);
        self.fact("money", "play money: a sandbox wallet, no node, no real sats");
    }

    pub(crate) fn asking(&self, wish: &Wish) {
        self.step(2, "A stranger asks it for a song");
        self.fact("request", format_args!("POST {}", wish.url.path()));
        let body: Value = serde_json::from_str(&wish.body).unwrap_or_default();
        for name in ["prompt", "lyrics"] {
            if let Some(text) = body[name].as_str() {
                self.fact(
                    name,
                    shortened(&text.split_whitespace().collect::<Vec<_>>().join(" "), 72),
                );
            }
        }
    }

    /// The last step: what is on the disk now.
    pub(crate) fn bought(&self, bought: &Bought) {
        self.say(format_args!("   {}", song::summary(bought)));
        if let Some(seconds) = self.seconds_to_make() {
            let speed = bought.song.duration_seconds.map(|length| length / seconds.max(0.001));
            let speed = speed
                .map(|speed| format!(", {speed:.0} times as fast as it plays"))
                .unwrap_or_default();
            self.say(format_args!("   made in {seconds:.1} s on this machine{speed}"));
        }
        for warning in &bought.song.warnings {
            self.say(format_args!("   note: {}", plain(warning)));
        }
    }

    /// How long the buyer waited between proof and song.
    pub(crate) fn seconds_to_make(&self) -> Option<f64> {
        self.making().seconds
    }

    /// `open` is the shop that stays open: its address and its data folder.
    pub(crate) fn what_next(&self, open: Option<(&str, &Path)>) {
        let busker = std::env::args().next().unwrap_or_else(|| "busker".to_owned());
        let prompt = "--prompt \"sea shanty in D, 110 BPM, choir\"";
        self.say("");
        match open {
            Some((url, data)) => {
                self.say(format_args!(
                    "The shop stays open at {url} until Ctrl-C. How to buy from it with curl:"
                ));
                self.say(format_args!("  {url}/l402/generate-music"));
                self.say("Or in another terminal:");
                self.say(format_args!(
                    "  {busker} song --url {url} --data-dir {} {prompt}",
                    data.display()
                ));
            }
            None => {
                self.say("What to try next");
                self.say(format_args!(
                    "  {busker} demo --keep    leave the shop open and look around"
                ));
                self.say(format_args!(
                    "  {busker} serve          open a shop to stay; then, in another terminal:"
                ));
                self.say(format_args!("  {busker} song {prompt}"));
                self.say("  http://127.0.0.1:8402/l402/generate-music says how to buy from it with curl");
            }
        }
    }

    pub(crate) fn end(&self) {
        self.meter.clear();
    }

    fn offered(&self, offer: &Offer) {
        let price = offer.quote.price();
        self.step(3, format_args!("The shop answers 402 Payment Required: {price}"));
        self.fact("macaroon", shortened_with_length(offer.quote.challenge.token()));
        self.fact("invoice", shortened_with_length(offer.quote.challenge.invoice()));
        self.fact("offer ends", offer.quote.invoice.expires_at());
        for warning in &offer.warnings {
            self.fact("note", plain(warning));
        }
    }

    fn paid(&self, quote: &Quote, preimage: &str) {
        self.step(
            4,
            format_args!("The stranger pays {} of play money and gets the proof", quote.price()),
        );
        self.fact("preimage", shortened(preimage, 12));
        self.fact("its hash", shortened(&quote.payment_hash().to_string(), 12));
    }

    fn redeeming(&self) {
        self.step(5, "The same request again, now with the proof");
        self.fact("header", "Authorization: L402 <macaroon>:<preimage>");
        let mut making = self.making.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        making.began = Some(Instant::now());
    }

    fn ready(&self, address: &str) {
        {
            let mut making = self.making.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            making.seconds = making.began.map(|began| began.elapsed().as_secs_f64());
        }
        self.meter.clear();
        self.step(6, "The shop answers 200 with the song");
        self.fact("audioUrl", address);
    }

    fn making(&self) -> Making {
        *self.making.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn step(&self, number: u32, text: impl Display) {
        if number > 1 {
            self.say("");
        }
        self.say(format_args!("{number}. {text}"));
    }

    fn fact(&self, name: &str, value: impl Display) {
        self.say(format_args!("   {name:<11} {value}"));
    }

    fn say(&self, text: impl Display) {
        if !self.silent {
            self.meter.line(text);
        }
    }

    /// Only for those who look on: in a file or a pipe the steps are the story.
    fn show(&self, work: &Work) {
        if !self.silent && self.meter.is_watched() {
            self.meter.show(work);
        }
    }
}

impl Teller for Story {
    fn tell(&self, event: Event<'_>) {
        match event {
            Event::Offered(offer) => self.offered(offer),
            Event::Paid(quote, preimage) => self.paid(quote, &preimage.to_hex()),
            Event::Redeeming => self.redeeming(),
            Event::Working(work) => self.show(work),
            Event::Downloading { done, total } => self.show(&song::downloading(done, total)),
            Event::Ready(song) => self.ready(song.audio_url.as_str()),
            Event::Saved => {
                self.meter.clear();
                self.step(7, "Saved");
            }
            Event::TryingAgain { why, pause } => {
                let seconds = pause.as_secs_f32();
                self.say(format_args!("   {}; trying again in {seconds:.1} s", plain(why)));
            }
            Event::GoesOn(_) | Event::Paying(_) => {}
        }
    }
}

fn shortened(text: &str, characters: usize) -> String {
    let start: String = plain(text).chars().take(characters).collect();
    if start.chars().count() < text.chars().count() {
        format!("{start}…")
    } else {
        start
    }
}

fn shortened_with_length(text: &str) -> String {
    format!("{} ({} characters)", shortened(text, 24), text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::{shortened, shortened_with_length};

    #[test]
    fn long_texts_are_shortened_by_characters_and_short_ones_are_not() {
        assert_eq!(shortened("Rain", 4), "Rain");
        assert_eq!(shortened("Régen", 2), "Ré…");
        assert_eq!(shortened("a\u{1b}[2Jb", 10), "a [2Jb");
        assert_eq!(
            shortened_with_length(&"x".repeat(30)),
            format!("{}… (30 characters)", "x".repeat(24))
        );
    }
}
