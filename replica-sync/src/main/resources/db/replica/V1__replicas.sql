CREATE TABLE replica (
    replica_id      TEXT   NOT NULL PRIMARY KEY,
    name            TEXT   NOT NULL UNIQUE,
    source_table    TEXT   NOT NULL,
    source_table_id TEXT   NOT NULL,
    source_location TEXT   NOT NULL,
    target_location TEXT   NOT NULL UNIQUE,
    kind            TEXT   NOT NULL,
    producer        TEXT   NOT NULL,
    lane_from       TEXT   NOT NULL,
    lane_to         TEXT   NOT NULL,
    created_at      BIGINT NOT NULL
);

CREATE INDEX replica_by_source ON replica (source_table_id, name);

-- A run of a sync. wire_bytes grows while bytes cross; booked_bytes is the part of them that stands on receipts whose
-- commit landed. The difference is owed by the next receipt.
CREATE TABLE replica_attempt (
    attempt_id   TEXT   NOT NULL PRIMARY KEY,
    replica_id   TEXT   NOT NULL,
    started_at   BIGINT NOT NULL,
    wire_bytes   BIGINT NOT NULL,
    booked_bytes BIGINT NOT NULL,
    CHECK (booked_bytes >= 0 AND booked_bytes <= wire_bytes)
);

CREATE INDEX replica_attempt_by_replica ON replica_attempt (replica_id);

-- A file that an attempt brought to the target, by its path there. position is what the attempt had read when the file
-- was whole: the move is settled once booked_bytes has reached it.
CREATE TABLE replica_move (
    attempt_id TEXT   NOT NULL,
    path       TEXT   NOT NULL,
    bytes      BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    PRIMARY KEY (attempt_id, path)
);

-- Receipts, from before their commit is tried. state: PREPARED, LANDED (the commit is in the target's log), DELIVERED
-- (and the ledger has it), LOST (another commit took the version). body holds the receipt with its claims as JSON, the
-- same text that the commit carries.
CREATE TABLE replica_receipt (
    receipt_id     TEXT   NOT NULL PRIMARY KEY,
    replica_id     TEXT   NOT NULL,
    target_version BIGINT NOT NULL,
    state          TEXT   NOT NULL,
    wire_bytes     BIGINT NOT NULL,
    logical_bytes  BIGINT NOT NULL,
    files          BIGINT NOT NULL,
    body           TEXT   NOT NULL
);

CREATE INDEX replica_receipt_by_replica ON replica_receipt (replica_id, target_version);
