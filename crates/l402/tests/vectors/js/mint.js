// Mints the cases read from standard input with the npm package `macaroon` and prints their V2 binary form.
import { readFileSync } from "node:fs";
import macaroon from "macaroon";

const minted = {};
for (const { name, root_key, location, identifier, caveats } of JSON.parse(readFileSync(0, "utf8"))) {
  const token = macaroon.newMacaroon({
    version: 2,
    rootKey: Buffer.from(root_key, "hex"),
    identifier: Buffer.from(identifier, "hex"),
    location,
  });
  for (const caveat of caveats) token.addFirstPartyCaveat(caveat);
  try {
    minted[name] = Buffer.from(token.exportBinary()).toString("hex");
  } catch (error) {
    // Version 3.0.4 doubles its buffer with every field beyond 200 bytes, and soon asks for gigabytes.
    if (!(error instanceof RangeError)) throw error;
    console.error(`macaroon 3.0.4 cannot export: ${name}`);
  }
}
console.log(JSON.stringify(minted));
