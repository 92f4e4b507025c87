-- One text for SQLite and PostgreSQL: TEXT and BIGINT only. Names are hexadecimal, times are milliseconds since 1970.

CREATE TABLE orders (
    id           TEXT PRIMARY KEY,
    order_key    TEXT NOT NULL UNIQUE,
    payment_hash TEXT NOT NULL UNIQUE,
    invoice      TEXT NOT NULL,
    price        BIGINT NOT NULL,
    model        TEXT NOT NULL,
    request      TEXT NOT NULL, -- JSON
    digest       TEXT NOT NULL,
    state        TEXT NOT NULL,
    attempts     BIGINT NOT NULL,
    failures     BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    settled_at   BIGINT,
    deadline     BIGINT,
    lease_until  BIGINT,
    progress     TEXT NOT NULL, -- JSON
    song         TEXT,          -- JSON
    failure      TEXT,          -- JSON
    revision     BIGINT NOT NULL, -- counts the changes of state
    queued_at    BIGINT,          -- when it last became paid: its place in the queue
    checked_at   BIGINT NOT NULL  -- when the reconciler last looked at it
);

CREATE INDEX orders_newest ON orders (created_at, id);
CREATE INDEX orders_newest_by_state ON orders (state, created_at, id);
CREATE INDEX orders_by_expiry ON orders (state, expires_at);
CREATE INDEX orders_by_deadline ON orders (state, deadline);
CREATE INDEX orders_by_lease ON orders (state, lease_until);
CREATE INDEX orders_by_turn ON orders (state, checked_at);
CREATE INDEX orders_by_place ON orders (state, queued_at, id);

CREATE TABLE notes (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
