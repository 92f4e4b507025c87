//! From quote to redeemed credential, and every way in which it must not work.

use busker_l402::{
    Challenge, Credential, Demand, Macaroon, MasterKeys, Preimage, Refusal, RequestDigest, UnixSeconds, VerifyError,
    verify,
};

use crate::shop;

fn credential(macaroon: Macaroon) -> Credential {
    Credential::new(macaroon, shop::preimage())
}

fn refused(keys: &MasterKeys, credential: &Credential) -> VerifyError {
    verify(keys, credential).unwrap_err()
}

#[test]
fn a_client_that_pays_is_let_in() {
    let keys = shop::keys();
    let header = shop::challenge(&keys).to_string();

    let seen = Challenge::find([header.as_str()]).unwrap();
    assert_eq!(seen.invoice(), shop::INVOICE);
    let answer = seen.authorization(&shop::preimage());

    let verified = verify(&keys, &Credential::parse(&answer).unwrap()).unwrap();
    assert_eq!(verified.payment_hash, shop::preimage().payment_hash());
    assert_eq!(verified.check(&shop::demand()), Ok(()));
}

#[test]
fn a_paid_order_is_found_even_when_the_body_differs_or_time_is_over() {
    let keys = shop::keys();
    let verified = verify(&keys, &credential(shop::minted(&keys))).unwrap();
    assert_eq!(verified.payment_hash, shop::preimage().payment_hash());

    let other_body = Demand {
        request: RequestDigest::of(b"{}"),
        ..shop::demand()
    };
    let macaroon_digest = RequestDigest::of(shop::REQUEST);
    assert_eq!(
        verified.check(&other_body),
        Err(Refusal::WrongRequest { macaroon_digest })
    );

    let too_late = Demand {
        now: UnixSeconds(shop::VALID_UNTIL.0 + 1),
        ..shop::demand()
    };
    assert_eq!(
        verified.check(&too_late),
        Err(Refusal::Expired { at: shop::VALID_UNTIL })
    );
}

#[test]
fn a_preimage_of_another_invoice_is_refused() {
    let keys = shop::keys();
    let stolen = Credential::new(shop::minted(&keys), Preimage::from([43; 32]));
    assert_eq!(refused(&keys, &stolen), VerifyError::WrongPreimage);
}

#[test]
fn a_macaroon_of_another_server_is_refused() {
    let foreign = shop::minted(&MasterKeys::new([9; 32], []));
    assert_eq!(refused(&shop::keys(), &credential(foreign)), VerifyError::UnknownKey);
}

#[test]
fn a_macaroon_with_another_identifier_version_is_refused() {
    let mut identifier = shop::minted(&shop::keys()).identifier().to_vec();
    identifier[1] = 1;
    let future = Macaroon::new(b"root key", &identifier, None).unwrap();
    assert_eq!(
        refused(&shop::keys(), &credential(future)),
        VerifyError::ForeignIdentifier
    );
}

#[test]
fn a_macaroon_made_up_for_a_preimage_of_ones_own_choice_is_refused() {
    let keys = shop::keys();
    let genuine = shop::minted(&keys);
    let mut identifier = genuine.identifier().to_vec();
    let chosen = Preimage::from([7; 32]);
    identifier[2..34].copy_from_slice(chosen.payment_hash().as_bytes());
    let mut forged = Macaroon::new(b"guessed root key", &identifier, None).unwrap();
    for caveat in genuine.caveats() {
        forged.add_caveat(caveat).unwrap();
    }
    assert_eq!(refused(&keys, &Credential::new(forged, chosen)), VerifyError::Forged);
}

#[test]
fn of_several_macaroons_the_genuine_paid_one_is_chosen() {
    let keys = shop::keys();
    let foreign = shop::minted(&MasterKeys::new([9; 32], [])).to_base64();
    let unpaid = keys.mint([0; 32].into(), &shop::terms()).unwrap().to_base64();
    let paid = shop::minted(&keys).to_base64();
    let preimage = shop::preimage().to_hex();

    let header = format!("L402 {foreign},{unpaid},{paid}:{}", *preimage);
    let verified = verify(&keys, &Credential::parse(&header).unwrap()).unwrap();
    assert_eq!(verified.payment_hash, shop::preimage().payment_hash());

    let header = format!("L402 {unpaid},{foreign}:{}", *preimage);
    let furthest = refused(&keys, &Credential::parse(&header).unwrap());
    assert_eq!(furthest, VerifyError::WrongPreimage, "the most telling reason is given");
}

#[test]
fn an_older_key_still_verifies_until_it_leaves_the_ring() {
    let sold = credential(shop::minted(&MasterKeys::new([1; 32], [])));
    assert!(verify(&MasterKeys::new([2; 32], [[1; 32]]), &sold).is_ok());
    assert_eq!(refused(&MasterKeys::new([2; 32], []), &sold), VerifyError::UnknownKey);
}

#[test]
fn the_newest_key_mints() {
    let keys = MasterKeys::new([2; 32], [[1; 32]]);
    let token_id = verify(&keys, &credential(shop::minted(&keys))).unwrap().token_id;
    assert_eq!(Some(token_id.key_id()), keys.ids().next());
}
