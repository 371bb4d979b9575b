-- A dropped table keeps its row and its grants for a while, under a kind that nothing else looks for.
CREATE TABLE dropped_table (
    id         TEXT   NOT NULL PRIMARY KEY REFERENCES securable (id) ON DELETE CASCADE,
    schema_id  TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    dropped_at BIGINT NOT NULL,
    dropped_by TEXT   NOT NULL
);
CREATE INDEX dropped_table_schema ON dropped_table (schema_id, dropped_at);
CREATE INDEX dropped_table_age ON dropped_table (dropped_at);

-- Folders whose table, volume or model is gone for good. They are emptied after their time, and until that has worked.
CREATE TABLE doomed_folder (
    path         TEXT   NOT NULL PRIMARY KEY,
    delete_after BIGINT NOT NULL
);
