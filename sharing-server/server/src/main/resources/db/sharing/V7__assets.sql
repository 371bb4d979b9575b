-- Volumes and models in shares, pinned by their ids like tables.
CREATE TABLE sharing_asset (
    share_id TEXT NOT NULL REFERENCES sharing_share (share_id),
    kind TEXT NOT NULL,
    asset_id TEXT NOT NULL,
    asset_name TEXT NOT NULL,
    schema_as TEXT NOT NULL,
    asset_as TEXT NOT NULL,
    comment TEXT,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL,
    PRIMARY KEY (share_id, kind, asset_name),
    UNIQUE (share_id, kind, schema_as, asset_as)
);
