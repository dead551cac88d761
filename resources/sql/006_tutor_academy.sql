-- SPDX-License-Identifier: GPL-3.0-or-later
-- The academy's own catalogue of models, as it was last read: it holds without a network too.
CREATE TABLE tutor_catalogue (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    body BLOB NOT NULL
) STRICT;

-- The notes of a talk go with it. The mistakes stay: they are cards now.
CREATE TRIGGER lesson_notes_forgotten AFTER DELETE ON conversations
BEGIN
    DELETE FROM lesson_notes WHERE conversation = old.id;
END;
DELETE FROM lesson_notes WHERE conversation NOT IN (SELECT id FROM conversations);
