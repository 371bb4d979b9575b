-- The byte ledger. Rows of ledger_entry and ledger_posting are only ever inserted.
--
-- There are no triggers that reject UPDATE and DELETE: SQLite and PostgreSQL have no common text for them. In their
-- place stand the hash chain (any edit, removal or reordering shows in the next verification), a store port without
-- any editing method, and, in production, a database role that is granted INSERT and SELECT alone on these two tables.

CREATE TABLE ledger_entry (
    sequence      BIGINT NOT NULL PRIMARY KEY,
    receipt_id    TEXT   NOT NULL UNIQUE,
    replica       TEXT   NOT NULL,
    producer      TEXT   NOT NULL,
    lane_from     TEXT   NOT NULL,
    lane_to       TEXT   NOT NULL,
    from_version  BIGINT NOT NULL,
    to_version    BIGINT NOT NULL,
    wire_bytes    BIGINT NOT NULL CHECK (wire_bytes >= 0),
    logical_bytes BIGINT NOT NULL CHECK (logical_bytes >= 0),
    waste_bytes   BIGINT NOT NULL CHECK (waste_bytes >= 0),
    files         BIGINT NOT NULL,
    started_at    BIGINT NOT NULL,
    occurred_at   BIGINT NOT NULL,
    recorded_at   BIGINT NOT NULL,
    previous_hash TEXT   NOT NULL UNIQUE,
    hash          TEXT   NOT NULL UNIQUE,
    CHECK (wire_bytes = logical_bytes + waste_bytes)
);

CREATE INDEX ledger_entry_by_time ON ledger_entry (occurred_at, sequence);

-- Debits are positive, credits negative; the lines of one entry sum to zero, which is asked for before each commit.
CREATE TABLE ledger_posting (
    sequence BIGINT NOT NULL REFERENCES ledger_entry (sequence),
    line     BIGINT NOT NULL,
    account  TEXT   NOT NULL,
    bytes    BIGINT NOT NULL CHECK (bytes <> 0),
    PRIMARY KEY (sequence, line)
);

-- One row: the end of the chain. Writers take their turn by locking it.
CREATE TABLE ledger_head (
    name     TEXT   NOT NULL PRIMARY KEY CHECK (name = 'head'),
    sequence BIGINT NOT NULL,
    hash     TEXT   NOT NULL
);

INSERT INTO ledger_head (name, sequence, hash)
VALUES ('head', 0, '0000000000000000000000000000000000000000000000000000000000000000');
