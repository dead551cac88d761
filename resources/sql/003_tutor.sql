-- SPDX-License-Identifier: GPL-3.0-or-later
-- Conversations with a tutor: trees of messages. Times are integers of microseconds since 1970 in UTC.

CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    title TEXT NOT NULL,
    learner BLOB NOT NULL,
    head TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_by_time ON conversations (updated_at);

CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    parent TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('learner', 'tutor')),
    state TEXT NOT NULL CHECK (state IN ('streaming', 'done', 'stopped', 'interrupted', 'failed')),
    text TEXT NOT NULL,
    details BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_by_conversation ON messages (conversation, created_at);
CREATE INDEX messages_streaming ON messages (state) WHERE state = 'streaming';
