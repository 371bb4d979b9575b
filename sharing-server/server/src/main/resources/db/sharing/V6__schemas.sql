-- Schemas that are shared as a whole: all their tables, also those that are made later. Pinned by their ids like tables.
CREATE TABLE sharing_schema (
    share_id TEXT NOT NULL REFERENCES sharing_share (share_id),
    schema_id TEXT NOT NULL,
    schema_name TEXT NOT NULL,
    schema_as TEXT NOT NULL,
    comment TEXT,
    history_shared BIGINT NOT NULL,
    cdf_enabled BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL,
    PRIMARY KEY (share_id, schema_name),
    UNIQUE (share_id, schema_as)
);
