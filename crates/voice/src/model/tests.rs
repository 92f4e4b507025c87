//! The voice held against its own file, against the reference engine, and against laws.

mod broken_files;
mod calibration;
mod labels;
mod laws;
mod reference;
mod spoken;
