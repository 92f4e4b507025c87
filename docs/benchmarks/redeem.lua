-- wrk: redeem the song of `quote.lua` again. AUTHORIZATION holds "L402 MACAROON:PREIMAGE".
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = os.getenv("AUTHORIZATION")
wrk.body = '{"prompt":"test","is_instrumental":true}'
