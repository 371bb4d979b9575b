-- Managed tables: the places given out beforehand, and the commits that readers do not find in the log yet.

CREATE TABLE staging_table (
    id          TEXT   NOT NULL PRIMARY KEY,
    schema_id   TEXT   NOT NULL REFERENCES securable (id) ON DELETE CASCADE,
    name        TEXT   NOT NULL,
    location    TEXT   NOT NULL UNIQUE,
    creator     TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    is_consumed BIGINT NOT NULL
);

-- One row for each table that ever had a commit here; moving it from one version to the next decides races.
CREATE TABLE commit_head (
    table_id     TEXT   NOT NULL PRIMARY KEY REFERENCES securable (id) ON DELETE CASCADE,
    last_version BIGINT NOT NULL,
    backfilled   BIGINT NOT NULL
);

-- Those after the last backfill, and always the last one: a repeated commit is recognised by it.
CREATE TABLE table_commit (
    table_id TEXT   NOT NULL REFERENCES securable (id) ON DELETE CASCADE,
    version  BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    PRIMARY KEY (table_id, version)
);
