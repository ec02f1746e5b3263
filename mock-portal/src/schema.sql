-- All that a portal remembers. Times are seconds since 1970, by the portal's clock.

CREATE TABLE IF NOT EXISTS account (
    id            INTEGER PRIMARY KEY,
    username      TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name          TEXT NOT NULL,
    mail          TEXT NOT NULL UNIQUE COLLATE NOCASE,
    password_hash TEXT NOT NULL,
    view          TEXT NOT NULL DEFAULT 'grid' CHECK (view IN ('grid', 'list')),
    note          TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE IF NOT EXISTS session (
    id         TEXT PRIMARY KEY,
    record     TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each widget on a dashboard, so that two tabs never overwrite each other's.
CREATE TABLE IF NOT EXISTS dashboard_widget (
    account_id INTEGER NOT NULL REFERENCES account (id),
    widget     TEXT NOT NULL,
    position   INTEGER NOT NULL,
    PRIMARY KEY (account_id, widget)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS quick_link (
    id         INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    address    TEXT NOT NULL,
    UNIQUE (account_id, address)
) STRICT;

-- Which widget shows which Office's documents. The Access Code is kept nowhere.
CREATE TABLE IF NOT EXISTS pairing (
    account_id  INTEGER NOT NULL REFERENCES account (id),
    widget      TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    PRIMARY KEY (account_id, widget)
) STRICT, WITHOUT ROWID;

-- Wrong passwords (by username) and wrong pairings (by account), to tell guessing from mistyping.
CREATE TABLE IF NOT EXISTS failed_attempt (
    what TEXT NOT NULL CHECK (what IN ('login', 'pairing')),
    who  TEXT NOT NULL,
    at   INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS failed_attempt_of ON failed_attempt (what, who, at);
