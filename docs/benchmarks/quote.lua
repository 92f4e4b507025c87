-- wrk: ask the price of a song.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"prompt":"test","is_instrumental":true}'
