//! The HTTP shop: L402 API, pages, worker loop, settlement watcher, reconciler.
