//! Lightning wallets behind one port, and the sandbox wallet.
