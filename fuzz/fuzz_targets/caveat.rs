//! Law: caveats that a client appends keep the macaroon genuine and never allow more. Input: one caveat a line.
#![no_main]

use busker_l402::{
    Caveat, Caveats, Credential, Demand, MasterKeys, Preimage, RequestDigest, Service, Terms, UnixSeconds, verify,
};
use libfuzzer_sys::fuzz_target;

const MUSIC: Service = Service::new("music", 0);
const VIDEO: Service = Service::new("video", 0);

fuzz_target!(|input: &[u8]| {
    let keys = MasterKeys::new([1; 32], []);
    let preimage = Preimage::from([2; 32]);
    let request = RequestDigest([3; 32]);
    let terms = Terms {
        service: MUSIC,
        valid_until: UnixSeconds(1_000),
        request,
    };
    let minted = keys.mint(preimage.payment_hash(), &terms).expect("minting works");

    let mut restricted = minted.clone();
    for line in input.split(|byte| *byte == b'\n') {
        if let Some(caveat) = Caveat::from_bytes(line) {
            assert_eq!(caveat.to_string().as_bytes(), line);
        }
        // Beyond the limits a caveat is refused, and the macaroon stays as it was.
        let _ = restricted.add_caveat(line);
    }

    let verified = verify(&keys, &Credential::new(restricted, preimage)).expect("an appended caveat verifies");
    for service in [MUSIC, VIDEO] {
        for now in [0, 1_000, 1_001] {
            for request in [request, RequestDigest([4; 32])] {
                let demand = Demand {
                    service,
                    now: UnixSeconds(now),
                    request,
                };
                let allowed_before = Caveats::of(&minted).check(&demand).is_ok();
                assert!(
                    allowed_before || verified.check(&demand).is_err(),
                    "{demand:?} became allowed"
                );
            }
        }
    }
});
