//! Fakes, builders and conformance suites for busker's own tests.
