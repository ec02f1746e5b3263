-- The whole schema. Times are seconds since 1970. What is shown (`sent_at`) is in the portal's time, which may be frozen; what
-- is counted (`at`, `expires_at`) in the time that really passes, and that a move of the clock makes pass.

CREATE TABLE IF NOT EXISTS account (
    id            INTEGER PRIMARY KEY,
    username      TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name          TEXT NOT NULL,
    mail          TEXT NOT NULL UNIQUE COLLATE NOCASE,
    password_hash TEXT NOT NULL,
    view          TEXT NOT NULL DEFAULT 'grid' CHECK (view IN ('grid', 'list')),
    note          TEXT NOT NULL DEFAULT '',
    note_version  INTEGER NOT NULL DEFAULT 0,
    language      TEXT -- that the person chose; before they do, their browser's
) STRICT;

-- Of the id, which opens the session to whoever has it, only the hash is stored.
CREATE TABLE IF NOT EXISTS session (
    number     INTEGER PRIMARY KEY, -- the newest has the largest
    id_hash    BLOB NOT NULL UNIQUE,
    account_id INTEGER REFERENCES account (id), -- once somebody has signed in
    csrf       TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

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

CREATE TABLE IF NOT EXISTS saved_search (
    id         INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    service    TEXT NOT NULL,
    query      TEXT NOT NULL,
    UNIQUE (account_id, service, query)
) STRICT;

-- Cities that "World Clock" shows beside the portal's own place, in the order in which they were added.
CREATE TABLE IF NOT EXISTS clock_city (
    id         INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    city       TEXT NOT NULL,
    UNIQUE (account_id, city)
) STRICT;

-- Which widget shows which Office's documents. The Access Code is not stored.
CREATE TABLE IF NOT EXISTS pairing (
    account_id  INTEGER NOT NULL REFERENCES account (id),
    widget      TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    PRIMARY KEY (account_id, widget)
) STRICT, WITHOUT ROWID;

-- Wrong passwords (by username) and wrong pairings (by account), to limit guessing.
CREATE TABLE IF NOT EXISTS failed_attempt (
    what TEXT NOT NULL CHECK (what IN ('login', 'pairing')),
    who  TEXT NOT NULL,
    at   INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS failed_attempt_of ON failed_attempt (what, who, at);

-- Accounts that are not confirmed yet. Their username is taken until they expire; the address belongs to the account that is
-- confirmed first.
CREATE TABLE IF NOT EXISTS registration (
    number        INTEGER PRIMARY KEY, -- the newest has the largest
    username      TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name          TEXT NOT NULL,
    mail          TEXT NOT NULL COLLATE NOCASE,
    password_hash TEXT NOT NULL,
    expires_at    INTEGER NOT NULL
) STRICT;

-- Links sent by mail. Of the secret in a link only the hash is stored. `who` is a username, or NULL where no account has the
-- address that the link was requested for.
CREATE TABLE IF NOT EXISTS link (
    id          INTEGER PRIMARY KEY,
    purpose     TEXT NOT NULL CHECK (purpose IN ('confirm', 'password')),
    who         TEXT COLLATE NOCASE,
    secret_hash BLOB NOT NULL,
    expires_at  INTEGER NOT NULL,
    used        INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The mailbox stands in for a mail server, so links are here as they are in a mail.
CREATE TABLE IF NOT EXISTS mail (
    id           INTEGER PRIMARY KEY,
    recipient    TEXT NOT NULL,
    subject      TEXT NOT NULL,
    text         TEXT NOT NULL,
    link_address TEXT,
    link_label   TEXT,
    sent_at      INTEGER NOT NULL
) STRICT;
