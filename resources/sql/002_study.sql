-- SPDX-License-Identifier: GPL-3.0-or-later
-- Content packs, the facts of studying them, and what is folded from these facts.
-- Times are integers of microseconds since 1970 in UTC; utc_offset is the learner's, in seconds.

CREATE TABLE packs (
    id TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    manifest BLOB NOT NULL,
    archive BLOB NOT NULL,
    signed_by TEXT NOT NULL,
    installed_at INTEGER NOT NULL
) STRICT;

-- What the packs say, for the search of the notes tutor. body is JSON for the reader of a hit.
CREATE TABLE pack_texts (
    number INTEGER PRIMARY KEY,
    pack TEXT NOT NULL REFERENCES packs (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('note', 'card', 'exercise')),
    body BLOB NOT NULL,
    UNIQUE (pack, item)
) STRICT;

CREATE VIRTUAL TABLE pack_search USING fts5 (
    title, content, gloss, tokenize = 'unicode61 remove_diacritics 2'
);

-- Append-only: the truth about every card. cards is its fold and can be made again at any time.
CREATE TABLE review_logs (
    id TEXT PRIMARY KEY,
    card TEXT NOT NULL,
    pack TEXT NOT NULL,
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 4),
    reviewed_at INTEGER NOT NULL,
    elapsed_ms INTEGER NOT NULL CHECK (elapsed_ms >= 0),
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    utc_offset INTEGER NOT NULL,
    owner TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX review_logs_by_card ON review_logs (card, reviewed_at);
CREATE INDEX review_logs_by_time ON review_logs (reviewed_at);
CREATE INDEX review_logs_by_device ON review_logs (device, seq);

CREATE TRIGGER review_logs_are_facts
BEFORE UPDATE OF id, card, pack, rating, reviewed_at, elapsed_ms, device, seq, utc_offset ON review_logs
BEGIN
    SELECT RAISE(ABORT, 'review_logs is append-only');
END;

CREATE TABLE cards (
    card TEXT PRIMARY KEY,
    pack TEXT NOT NULL,
    phase INTEGER NOT NULL CHECK (phase BETWEEN 1 AND 3),
    step INTEGER NOT NULL,
    stability REAL NOT NULL,
    difficulty REAL NOT NULL,
    due INTEGER NOT NULL,
    last_review INTEGER NOT NULL,
    reps INTEGER NOT NULL,
    lapses INTEGER NOT NULL,
    scheduled_days INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cards_by_pack ON cards (pack, due);

-- Append-only: judged exercises.
CREATE TABLE study_events (
    id TEXT PRIMARY KEY,
    pack TEXT NOT NULL,
    item TEXT NOT NULL,
    kind TEXT NOT NULL,
    skill TEXT NOT NULL,
    correct INTEGER CHECK (correct IN (0, 1)),
    happened_at INTEGER NOT NULL,
    utc_offset INTEGER NOT NULL,
    payload BLOB NOT NULL,
    device TEXT NOT NULL,
    owner TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX study_events_by_item ON study_events (pack, item, correct);
CREATE INDEX study_events_by_time ON study_events (happened_at);

-- Practice and mock exams under way, so that a killed program goes on where it was.
CREATE TABLE practices (
    id TEXT PRIMARY KEY,
    pack TEXT NOT NULL,
    unit TEXT NOT NULL,
    exam TEXT NOT NULL,
    position INTEGER NOT NULL,
    spent_ms INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX practices_open ON practices (pack, unit, exam) WHERE finished_at IS NULL;

CREATE TABLE practice_answers (
    practice TEXT NOT NULL REFERENCES practices (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    answer BLOB NOT NULL,
    judged INTEGER NOT NULL CHECK (judged IN (0, 1)),
    PRIMARY KEY (practice, item)
) STRICT, WITHOUT ROWID;
