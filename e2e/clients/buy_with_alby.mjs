// Buys a song with @getalby/lightning-tools and asks for it again with the credential that the library hands back.
// Usage: node buy_with_alby.mjs URL BODY; the wallet is `busker pay`.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fetchWithL402 } from "@getalby/lightning-tools/402/l402";

const run = promisify(execFile);
const [url, body] = process.argv.slice(2);
const request = { method: "POST", headers: { "Content-Type": "application/json" }, body };

let payments = 0;
const wallet = {
  async payInvoice({ invoice }) {
    payments += 1;
    const { stdout } = await run(process.env.BUSKER_BIN, ["pay", invoice, "--json"]);
    return { preimage: JSON.parse(stdout).preimage };
  },
};

const bought = await fetchWithL402(url, request, { wallet });
const song = await bought.json();
const again = await fetchWithL402(url, request, { wallet, credentials: bought.payment.credentials });

console.log(
  JSON.stringify({
    status: bought.status,
    song,
    sameSong: (await again.json()).audioUrl === song.audioUrl,
    amountSat: bought.payment.amountSat,
    payments,
  }),
);
