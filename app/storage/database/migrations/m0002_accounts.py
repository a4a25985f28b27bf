"""The user's tools, what routes refused, fetched lists of models, and what a bill says."""

from __future__ import annotations

import apsw

_SCHEMA = """
CREATE TABLE tool (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    schema TEXT NOT NULL
) STRICT;

CREATE TABLE lesson (
    provider_id TEXT NOT NULL,
    model_id TEXT NOT NULL,
    name TEXT NOT NULL,
    learnt_at TEXT NOT NULL,
    PRIMARY KEY (provider_id, model_id, name)
) STRICT;

CREATE TABLE live_list (
    provider_id TEXT PRIMARY KEY,
    fetched_at TEXT NOT NULL,
    models TEXT NOT NULL
) STRICT;

ALTER TABLE ledger ADD COLUMN searches INTEGER;
ALTER TABLE ledger ADD COLUMN reasoning_tokens INTEGER;
ALTER TABLE ledger ADD COLUMN cached_tokens INTEGER;
ALTER TABLE ledger ADD COLUMN estimated_input INTEGER;
ALTER TABLE ledger ADD COLUMN first_text REAL;
ALTER TABLE ledger ADD COLUMN speed REAL;
ALTER TABLE ledger ADD COLUMN generation_id TEXT;
CREATE INDEX ledger_route ON ledger (provider_id, model_id, at);
"""


def upgrade(connection: apsw.Connection) -> None:
    """Adds the tables and columns of step 2."""
    connection.execute(_SCHEMA)
