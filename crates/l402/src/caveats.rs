//! All caveats of a macaroon together, and whether they allow what is asked for.

use crate::caveat::{Caveat, RequestDigest, Service, UnixSeconds};
use crate::error::Refusal;
use crate::macaroon::Macaroon;

/// A macaroon's caveats in their order. Unknown ones are kept but mean nothing here.
///
/// Repeats of a key must narrow: a list may only lose entries, a time may only move earlier, a digest may not change.
/// A repeat that claims more is refused rather than ignored, so that nobody takes it for granted.
#[derive(Debug, Clone)]
pub struct Caveats(Vec<Caveat>);

impl Caveats {
    /// The caveats that a macaroon carries. They are worth something only once its signature is verified.
    #[must_use]
    pub fn of(macaroon: &Macaroon) -> Self {
        Self(macaroon.caveats().filter_map(Caveat::from_bytes).collect())
    }

    /// The caveats, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Caveat> {
        self.0.iter()
    }

    /// Whether all caveats allow `demand`.
    ///
    /// Of several reasons against it the first is given, in the order service, time, request.
    ///
    /// # Errors
    /// The [`Refusal`] that names the reason.
    pub fn check(&self, demand: &Demand) -> Result<(), Refusal> {
        let wanted = demand.service.to_string();
        if !self.services()?.contains(&wanted.as_str()) {
            return Err(Refusal::WrongService { wanted });
        }
        let valid_until = self.valid_until(demand.service)?;
        if demand.now > valid_until {
            return Err(Refusal::Expired { at: valid_until });
        }
        let macaroon_digest = self.request()?;
        if demand.request != macaroon_digest {
            return Err(Refusal::WrongRequest { macaroon_digest });
        }
        Ok(())
    }

    /// The services allowed, each as `name:tier`.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Malformed`] or [`Refusal::Widened`].
    pub fn services(&self) -> Result<Vec<&str>, Refusal> {
        self.narrowest(Caveat::SERVICES, service_list, |later, earlier| {
            later.iter().all(|service| earlier.contains(service))
        })
    }

    /// The last second at which the service is allowed.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Malformed`] or [`Refusal::Widened`].
    pub fn valid_until(&self, service: Service) -> Result<UnixSeconds, Refusal> {
        let key = Caveat::valid_until_key(service);
        self.narrowest(&key, unix_seconds, |later, earlier| later <= earlier)
    }

    /// The one request allowed.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Malformed`] or [`Refusal::Widened`].
    pub fn request(&self) -> Result<RequestDigest, Refusal> {
        self.narrowest(Caveat::REQUEST, RequestDigest::from_hex, |later, earlier| {
            later == earlier
        })
    }

    /// The last value under `key`, after checking that each one narrows the one before.
    fn narrowest<'a, T>(
        &'a self,
        key: &str,
        read: fn(&'a str) -> Option<T>,
        narrows: fn(&T, &T) -> bool,
    ) -> Result<T, Refusal> {
        let mut narrowest: Option<T> = None;
        for caveat in self.iter().filter(|caveat| caveat.key() == key) {
            let later = read(caveat.value()).ok_or_else(|| Refusal::Malformed { key: key.to_owned() })?;
            if narrowest.as_ref().is_some_and(|earlier| !narrows(&later, earlier)) {
                return Err(Refusal::Widened { key: key.to_owned() });
            }
            narrowest = Some(later);
        }
        narrowest.ok_or_else(|| Refusal::Missing { key: key.to_owned() })
    }
}

/// What is asked for now, to be held against the caveats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// The service that is to be rendered.
    pub service: Service,
    /// The present.
    pub now: UnixSeconds,
    /// The request that came with the credential.
    pub request: RequestDigest,
}

/// `name:tier,name:tier`; every entry needs both, as in Aperture.
fn service_list(value: &str) -> Option<Vec<&str>> {
    value
        .split(',')
        .map(|entry| {
            let (name, tier) = entry.split_once(':')?;
            let well_formed = !name.is_empty() && tier.parse::<u8>().is_ok();
            well_formed.then_some(entry)
        })
        .collect()
}

fn unix_seconds(value: &str) -> Option<UnixSeconds> {
    let digits_only = value.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = value.parse().ok()?;
    digits_only.then_some(UnixSeconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MUSIC: Service = Service::new("music", 0);
    const END: UnixSeconds = UnixSeconds(1_000);

    fn demand() -> Demand {
        Demand {
            service: MUSIC,
            now: UnixSeconds(900),
            request: RequestDigest::of(b"song"),
        }
    }

    /// What minting puts into every macaroon, then `more`.
    fn caveats(more: &[&str]) -> Caveats {
        let minted = [
            Caveat::service(MUSIC),
            Caveat::valid_until(MUSIC, END),
            Caveat::request(RequestDigest::of(b"song")),
        ];
        let appended = more.iter().filter_map(|text| Caveat::from_bytes(text.as_bytes()));
        Caveats(minted.into_iter().chain(appended).collect())
    }

    fn raw(texts: &[&str]) -> Caveats {
        Caveats(
            texts
                .iter()
                .filter_map(|text| Caveat::from_bytes(text.as_bytes()))
                .collect(),
        )
    }

    #[test]
    fn what_was_bought_is_allowed_up_to_and_including_the_last_second() {
        assert_eq!(caveats(&[]).check(&demand()), Ok(()));
        assert_eq!(caveats(&[]).check(&Demand { now: END, ..demand() }), Ok(()));
        let late = Demand {
            now: UnixSeconds(1_001),
            ..demand()
        };
        assert_eq!(caveats(&[]).check(&late), Err(Refusal::Expired { at: END }));
    }

    #[test]
    fn another_request_is_refused_with_the_digest_that_was_paid_for() {
        let other = Demand {
            request: RequestDigest::of(b"another song"),
            ..demand()
        };
        let macaroon_digest = RequestDigest::of(b"song");
        assert_eq!(
            caveats(&[]).check(&other),
            Err(Refusal::WrongRequest { macaroon_digest })
        );
    }

    #[test]
    fn of_several_reasons_the_service_comes_before_the_time_and_the_time_before_the_request() {
        let late = Demand {
            now: UnixSeconds(1_001),
            request: RequestDigest::of(b"another song"),
            ..demand()
        };
        assert_eq!(caveats(&[]).check(&late), Err(Refusal::Expired { at: END }));
        let wrong_in_all = Demand {
            service: Service::new("video", 0),
            ..late
        };
        assert!(matches!(
            caveats(&[]).check(&wrong_in_all),
            Err(Refusal::WrongService { .. })
        ));
    }

    #[test]
    fn another_service_or_tier_is_refused() {
        for service in [Service::new("video", 0), Service::new("music", 1)] {
            let wanted = service.to_string();
            let refusal = caveats(&[]).check(&Demand { service, ..demand() });
            assert_eq!(refusal, Err(Refusal::WrongService { wanted }));
        }
    }

    #[test]
    fn caveats_that_clients_append_for_themselves_are_skipped() {
        let appended = [
            "preimage=00ff",
            "music_capabilities=sing",
            "time",
            "Services=video:0",
            " services=video:0",
        ];
        assert_eq!(caveats(&appended).check(&demand()), Ok(()));
    }

    #[test]
    fn a_repeat_may_narrow() {
        assert_eq!(
            caveats(&["services=music:0", "music_valid_until=1000", "music_valid_until=950"]).check(&demand()),
            Ok(())
        );
        let narrowed = caveats(&["music_valid_until=899"]).check(&demand());
        assert_eq!(narrowed, Err(Refusal::Expired { at: UnixSeconds(899) }));
        let digest = Caveat::request(RequestDigest::of(b"song")).to_string().to_uppercase();
        let same = digest.replace("REQUEST_SHA256", "request_sha256");
        assert_eq!(caveats(&[&same]).check(&demand()), Ok(()));
    }

    #[test]
    fn a_repeat_that_widens_is_refused() {
        let other_request = Caveat::request(RequestDigest::of(b"another song")).to_string();
        for (text, key) in [
            ("services=music:0,video:0", "services"),
            ("services=music:1", "services"),
            ("music_valid_until=1001", "music_valid_until"),
            (other_request.as_str(), "request_sha256"),
        ] {
            assert_eq!(
                caveats(&[text]).check(&demand()),
                Err(Refusal::Widened { key: key.to_owned() }),
                "{text}"
            );
        }
    }

    #[test]
    fn widening_after_narrowing_is_refused_even_within_the_first_bounds() {
        let back_and_forth = caveats(&["music_valid_until=950", "music_valid_until=990"]);
        assert_eq!(
            back_and_forth.check(&demand()),
            Err(Refusal::Widened {
                key: "music_valid_until".to_owned()
            })
        );
    }

    #[test]
    fn a_known_caveat_with_an_unreadable_value_is_refused() {
        for (text, key) in [
            ("services=", "services"),
            ("services=music", "services"),
            ("services=music:0,", "services"),
            ("services=music:300", "services"),
            ("music_valid_until=", "music_valid_until"),
            ("music_valid_until=+950", "music_valid_until"),
            ("music_valid_until=-1", "music_valid_until"),
            ("music_valid_until=99999999999999999999", "music_valid_until"),
            ("request_sha256=00", "request_sha256"),
        ] {
            assert_eq!(
                caveats(&[text]).check(&demand()),
                Err(Refusal::Malformed { key: key.to_owned() }),
                "{text}"
            );
        }
    }

    #[test]
    fn a_macaroon_without_one_of_the_three_caveats_buys_nothing() {
        let digest = Caveat::request(RequestDigest::of(b"song")).to_string();
        let all = ["services=music:0", "music_valid_until=1000", digest.as_str()];
        assert_eq!(raw(&all).check(&demand()), Ok(()));
        for left_out in 0..all.len() {
            let mut texts = all.to_vec();
            texts.remove(left_out);
            assert!(
                matches!(raw(&texts).check(&demand()), Err(Refusal::Missing { .. })),
                "{texts:?}"
            );
        }
    }
}
