"""Conversations as trees of messages, the journal, drafts, presets, costs, attachments, search."""

from __future__ import annotations

import apsw

_SCHEMA = """
CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    system TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    model_id TEXT NOT NULL,
    preset_id TEXT NOT NULL,
    parameters TEXT NOT NULL,
    is_pinned INTEGER NOT NULL,
    leaf_id TEXT,
    deleted_at TEXT
) STRICT;
CREATE INDEX conversation_listed ON conversation (is_pinned DESC, updated_at DESC, id DESC)
    WHERE deleted_at IS NULL;

CREATE TABLE message (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    parent_id TEXT,
    role TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    state TEXT NOT NULL,
    parts TEXT NOT NULL,
    text TEXT NOT NULL,
    provenance TEXT,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX message_ordered ON message (conversation_id, sequence, number);
CREATE INDEX message_writing ON message (number) WHERE state = 'writing';

CREATE TABLE journal (
    piece INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'whole', 'reasoning')),
    text TEXT NOT NULL
) STRICT;
CREATE INDEX journal_message ON journal (message_id);

CREATE TABLE draft (
    conversation_id TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    attachments TEXT NOT NULL
) STRICT;

CREATE TABLE preset (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    parameters TEXT NOT NULL,
    system TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    model_id TEXT NOT NULL
) STRICT;

CREATE TABLE ledger (
    message_id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    model_id TEXT NOT NULL,
    amount TEXT,
    currency TEXT NOT NULL,
    source TEXT NOT NULL,
    input_tokens INTEGER,
    output_tokens INTEGER
) STRICT;
CREATE INDEX ledger_at ON ledger (at);

CREATE TABLE attachment (
    sha256 TEXT PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;

CREATE VIRTUAL TABLE message_search USING fts5 (
    text, content = 'message', content_rowid = 'number',
    tokenize = 'simplify casefold true strip true pieces unicodewords'
);
-- A message is in the index exactly when it is not being written: an answer is indexed once.
-- What is deleted for ever must not stay readable in the index.
INSERT INTO message_search (message_search, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER message_added AFTER INSERT ON message WHEN new.state <> 'writing' BEGIN
    INSERT INTO message_search (rowid, text) VALUES (new.number, new.text);
END;
CREATE TRIGGER message_removed AFTER DELETE ON message WHEN old.state <> 'writing' BEGIN
    INSERT INTO message_search (message_search, rowid, text)
        VALUES ('delete', old.number, old.text);
END;
CREATE TRIGGER message_changed AFTER UPDATE ON message
WHEN old.text IS NOT new.text OR (old.state = 'writing') <> (new.state = 'writing') BEGIN
    INSERT INTO message_search (message_search, rowid, text)
        SELECT 'delete', old.number, old.text WHERE old.state <> 'writing';
    INSERT INTO message_search (rowid, text)
        SELECT new.number, new.text WHERE new.state <> 'writing';
END;
"""


def upgrade(connection: apsw.Connection) -> None:
    """Makes the first schema in an empty database."""
    connection.execute(_SCHEMA)
