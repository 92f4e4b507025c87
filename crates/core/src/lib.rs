//! The domain of a song shop, without I/O: requests, orders, prices, invariants, ports.
