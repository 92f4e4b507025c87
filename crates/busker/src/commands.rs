//! One file a command.

pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod keys;
pub(crate) mod licenses;
pub(crate) mod models;
pub(crate) mod orders;
pub(crate) mod pay;
pub(crate) mod render;
pub(crate) mod serve;
pub(crate) mod song;
pub(crate) mod worker;
