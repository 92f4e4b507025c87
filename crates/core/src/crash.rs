//! Named places where a test may stop the process dead.
//!
//! A debug build whose `BUSKER_CRASH_AT` names the place aborts there, as a power cut would; a release build contains
//! nothing of this.

/// Aborts the process here when a test asked for it.
#[inline]
#[cfg_attr(
    not(debug_assertions),
    expect(unused_variables, reason = "release builds never crash on request")
)]
pub fn point(name: &str) {
    #[cfg(debug_assertions)]
    {
        use std::sync::OnceLock;
        static CRASH_AT: OnceLock<Option<String>> = OnceLock::new();
        let wanted = CRASH_AT.get_or_init(|| std::env::var("BUSKER_CRASH_AT").ok());
        if wanted.as_deref() == Some(name) {
            std::process::abort();
        }
    }
}
