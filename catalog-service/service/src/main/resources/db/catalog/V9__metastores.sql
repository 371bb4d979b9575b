-- Several metastores in one store. Names are unique within one, so each of these rows says which root's log it is of:
-- 'root' for the first metastore, its id for any other.

CREATE TABLE users_of_metastores (
    id   TEXT NOT NULL PRIMARY KEY,
    log  TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (log, name)
);
INSERT INTO users_of_metastores (id, log, name, body) SELECT id, 'root', name, body FROM users;
DROP TABLE users;
ALTER TABLE users_of_metastores RENAME TO users;

CREATE TABLE groups_of_metastores (
    id   TEXT NOT NULL PRIMARY KEY,
    log  TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (log, name)
);
INSERT INTO groups_of_metastores (id, log, name, body) SELECT id, 'root', name, body FROM principal_groups;
DROP TABLE principal_groups;
ALTER TABLE groups_of_metastores RENAME TO principal_groups;

ALTER TABLE tokens ADD COLUMN log TEXT NOT NULL DEFAULT 'root';
CREATE INDEX tokens_log ON tokens (log);

ALTER TABLE audit_log ADD COLUMN log TEXT NOT NULL DEFAULT 'root';
DROP INDEX audit_log_time;
CREATE INDEX audit_log_time ON audit_log (log, event_time);

CREATE UNIQUE INDEX metastore_name ON securable (name) WHERE kind = 'METASTORE';
