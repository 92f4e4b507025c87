//! The `busker` program.

fn main() {}
