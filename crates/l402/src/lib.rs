//! L402 on the wire: macaroons, caveats, challenges and credentials.
