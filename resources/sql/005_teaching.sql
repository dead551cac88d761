-- SPDX-License-Identifier: GPL-3.0-or-later
-- What tutors taught: mistakes to be reviewed like cards, what each reply said of the learner's words,
-- and the notes that remain of a talk. Times are integers of microseconds since 1970 in UTC.

CREATE TABLE learner_errors (
    id TEXT PRIMARY KEY,
    language TEXT NOT NULL,
    original TEXT NOT NULL,
    suggestion TEXT NOT NULL,
    type TEXT NOT NULL,
    rule TEXT NOT NULL,
    explanation TEXT NOT NULL,
    sentence TEXT NOT NULL,
    place INTEGER NOT NULL,
    severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 3),
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- In which messages it was made: what is told twice is counted once.
CREATE TABLE learner_error_places (
    error TEXT NOT NULL REFERENCES learner_errors (id) ON DELETE CASCADE,
    message TEXT NOT NULL,
    PRIMARY KEY (error, message)
) STRICT, WITHOUT ROWID;

CREATE TABLE teaching (
    reply TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    conversation TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX teaching_by_conversation ON teaching (conversation);

-- Notes outlive their conversation.
CREATE TABLE lesson_notes (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE lesson_search USING fts5 (
    title, body, content = 'lesson_notes', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER lesson_notes_added AFTER INSERT ON lesson_notes
BEGIN
    INSERT INTO lesson_search (rowid, title, body) VALUES (new.number, new.title, new.body);
END;
CREATE TRIGGER lesson_notes_removed AFTER DELETE ON lesson_notes
BEGIN
    INSERT INTO lesson_search (lesson_search, rowid, title, body) VALUES ('delete', old.number, old.title, old.body);
END;
CREATE TRIGGER lesson_notes_changed AFTER UPDATE ON lesson_notes
BEGIN
    INSERT INTO lesson_search (lesson_search, rowid, title, body) VALUES ('delete', old.number, old.title, old.body);
    INSERT INTO lesson_search (rowid, title, body) VALUES (new.number, new.title, new.body);
END;
