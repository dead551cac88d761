-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a tutor's history needs beside the messages: search, drafts, usage, what models reject, and
-- how far another device's work was read. Times are integers of microseconds since 1970 in UTC.

-- 1: the academy has it, so that it can be gone from there.
ALTER TABLE conversations ADD COLUMN synced INTEGER NOT NULL DEFAULT 0 CHECK (synced IN (0, 1));
CREATE INDEX messages_by_parent ON messages (conversation, parent, created_at);

-- Full-text search wants numbers for rows. Only what has ended is found.
CREATE TABLE message_numbers (
    number INTEGER PRIMARY KEY,
    message TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE message_search USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');

INSERT INTO message_numbers (message) SELECT id FROM messages WHERE state <> 'streaming' AND text <> '';
INSERT INTO message_search (rowid, text)
SELECT n.number, m.text FROM message_numbers n JOIN messages m ON m.id = n.message;

-- A repaired file may bring the numbers before the messages.
CREATE TRIGGER messages_found AFTER INSERT ON messages WHEN new.state <> 'streaming' AND new.text <> ''
BEGIN
    DELETE FROM message_search WHERE rowid = (SELECT number FROM message_numbers WHERE message = new.id);
    INSERT INTO message_numbers (message)
    SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM message_numbers WHERE message = new.id);
    INSERT INTO message_search (rowid, text)
    SELECT number, new.text FROM message_numbers WHERE message = new.id;
END;

CREATE TRIGGER messages_found_again AFTER UPDATE OF state, text ON messages WHEN new.state <> 'streaming'
BEGIN
    DELETE FROM message_search WHERE rowid = (SELECT number FROM message_numbers WHERE message = new.id);
    INSERT INTO message_numbers (message)
    SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM message_numbers WHERE message = new.id);
    INSERT INTO message_search (rowid, text)
    SELECT number, new.text FROM message_numbers WHERE message = new.id;
END;

CREATE TRIGGER messages_lost AFTER DELETE ON messages
BEGIN
    DELETE FROM message_search WHERE rowid = (SELECT number FROM message_numbers WHERE message = old.id);
    DELETE FROM message_numbers WHERE message = old.id;
END;

-- What was typed and not sent; the empty conversation is the one to be begun.
CREATE TABLE tutor_drafts (
    conversation TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each request: an estimate first, the truth when it is known. day counts from 1970.
CREATE TABLE tutor_usage (
    request TEXT PRIMARY KEY,
    day INTEGER NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    input INTEGER NOT NULL,
    output INTEGER NOT NULL,
    micros INTEGER NOT NULL,
    counts INTEGER NOT NULL CHECK (counts IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX tutor_usage_by_day ON tutor_usage (day);

CREATE TABLE tutor_quirks (
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (provider, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE tutor_pulls (
    owner TEXT PRIMARY KEY,
    until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
