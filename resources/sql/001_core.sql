-- SPDX-License-Identifier: GPL-3.0-or-later
-- The outbox, attempts and the rows that home shows without a network.
-- Times are integers of microseconds: *_wall since 1970 in UTC, *_steady since the machine started.

CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    op_id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    device TEXT NOT NULL,
    lane TEXT NOT NULL,
    lane_seq INTEGER NOT NULL CHECK (lane_seq > 0),
    op_type TEXT NOT NULL,
    v INTEGER NOT NULL CHECK (v > 0),
    payload BLOB NOT NULL,
    label TEXT NOT NULL,
    created_steady INTEGER NOT NULL,
    created_wall INTEGER NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    sig BLOB,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'quarantined')),
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT '',
    UNIQUE (lane, lane_seq)
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, lane, lane_seq);

-- The numbering of a lane outlives its rows.
CREATE TABLE lanes (
    lane TEXT PRIMARY KEY,
    last_seq INTEGER NOT NULL CHECK (last_seq >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipts (
    lane TEXT PRIMARY KEY,
    acked_lane_seq INTEGER NOT NULL,
    chain_head TEXT NOT NULL,
    server_time TEXT NOT NULL,
    server_sig BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    sitting TEXT NOT NULL,
    owner TEXT NOT NULL,
    device TEXT NOT NULL,
    lease INTEGER NOT NULL,
    state TEXT NOT NULL,
    started_at TEXT NOT NULL,
    base_seconds INTEGER NOT NULL,
    effective_end INTEGER,
    server_time INTEGER,
    server_steady INTEGER,
    server_wall INTEGER,
    server_boot TEXT,
    clock_uncertain INTEGER NOT NULL DEFAULT 0 CHECK (clock_uncertain IN (0, 1)),
    last_seq INTEGER NOT NULL,
    chain_head TEXT NOT NULL,
    acked_seq INTEGER NOT NULL,
    command_cursor INTEGER NOT NULL DEFAULT 0,
    resume_item TEXT NOT NULL DEFAULT '',
    resume_caret INTEGER NOT NULL DEFAULT 0,
    submit_requested INTEGER NOT NULL DEFAULT 0 CHECK (submit_requested IN (0, 1)),
    receipt TEXT NOT NULL DEFAULT '',
    submitted_at TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX attempts_by_sitting ON attempts (owner, sitting);

-- Apart, because every operation rewrites its attempt's row and a paper is large.
CREATE TABLE papers (
    attempt TEXT PRIMARY KEY REFERENCES attempts (id),
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Append-only. A lease that was fenced keeps its own branch, so seq is unique per lease.
CREATE TABLE attempt_ops (
    attempt TEXT NOT NULL REFERENCES attempts (id),
    lease INTEGER NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    op_id TEXT NOT NULL UNIQUE,
    item TEXT NOT NULL,
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    label TEXT NOT NULL,
    steady INTEGER NOT NULL,
    wall INTEGER NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (attempt, lease, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER attempt_ops_are_facts BEFORE UPDATE ON attempt_ops
BEGIN
    SELECT RAISE(ABORT, 'attempt_ops is append-only');
END;

-- The fold of the operations: what the screen shows.
CREATE TABLE answers (
    attempt TEXT NOT NULL REFERENCES attempts (id),
    item TEXT NOT NULL,
    payload BLOB NOT NULL DEFAULT x'',
    flagged INTEGER NOT NULL DEFAULT 0 CHECK (flagged IN (0, 1)),
    seen INTEGER NOT NULL DEFAULT 0 CHECK (seen IN (0, 1)),
    seq INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (attempt, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE command_acks (
    attempt TEXT NOT NULL REFERENCES attempts (id),
    command INTEGER NOT NULL,
    PRIMARY KEY (attempt, command)
) STRICT, WITHOUT ROWID;

CREATE TABLE incidents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt TEXT NOT NULL REFERENCES attempts (id),
    kind TEXT NOT NULL,
    payload BLOB NOT NULL,
    wall INTEGER NOT NULL,
    steady INTEGER NOT NULL
) STRICT;

CREATE TABLE course_progress (
    user TEXT NOT NULL,
    course TEXT NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (user, course)
) STRICT, WITHOUT ROWID;
CREATE INDEX course_progress_by_course ON course_progress (course);

CREATE TABLE remembered (
    user TEXT NOT NULL,
    name TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (user, name)
) STRICT, WITHOUT ROWID;
