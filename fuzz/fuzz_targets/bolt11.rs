//! Law: an invoice that was read is read again from its own text, the same; the rest is refused.
#![no_main]

use busker_lightning::Bolt11;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(invoice) = Bolt11::parse(text) else { return };
    let again = Bolt11::parse(invoice.text()).expect("an invoice's own text is an invoice");
    assert_eq!(again.payment_hash(), invoice.payment_hash());
    assert_eq!(again.amount(), invoice.amount());
    assert_eq!(again.expires_at(), invoice.expires_at());
});
