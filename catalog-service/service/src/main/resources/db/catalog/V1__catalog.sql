-- The catalog's own tables. One text for SQLite and PostgreSQL: TEXT and BIGINT only, times in epoch milliseconds.

-- The last sequence number of each change log: 'root', or a catalog's id. Taken inside the write's own transaction, so
-- the numbers have no gaps and the row is the lock that orders the writers of one log.
CREATE TABLE change_sequence (
    log  TEXT   NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE change_log (
    log        TEXT   NOT NULL,
    sequence   BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    change     TEXT   NOT NULL,
    PRIMARY KEY (log, sequence)
);

-- Everything that can be granted on. The metastore's own row and the catalogs belong to the log 'root', what is below
-- a catalog to the log of that catalog, so that one range scan loads a snapshot.
CREATE TABLE securable (
    id        TEXT   NOT NULL PRIMARY KEY,
    log       TEXT   NOT NULL,
    kind      TEXT   NOT NULL,
    parent_id TEXT   REFERENCES securable (id),
    name      TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    body      TEXT   NOT NULL
);
CREATE UNIQUE INDEX securable_name ON securable (parent_id, kind, name);
CREATE INDEX securable_log ON securable (log);

CREATE TABLE grants (
    log          TEXT NOT NULL,
    securable_id TEXT NOT NULL REFERENCES securable (id) ON DELETE CASCADE,
    principal    TEXT NOT NULL,
    privilege    TEXT NOT NULL,
    PRIMARY KEY (securable_id, principal, privilege)
);
CREATE INDEX grants_log ON grants (log);

CREATE TABLE users (
    id   TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
);

-- Bearer tokens: only the digest is kept.
CREATE TABLE tokens (
    digest TEXT NOT NULL PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,
    body   TEXT NOT NULL
);

-- The columns of system.access.audit that we can fill.
CREATE TABLE audit_log (
    event_id       TEXT   NOT NULL PRIMARY KEY,
    event_time     BIGINT NOT NULL,
    request_id     TEXT   NOT NULL,
    user_identity  TEXT   NOT NULL,
    service_name   TEXT   NOT NULL,
    action_name    TEXT   NOT NULL,
    request_params TEXT   NOT NULL,
    status_code    BIGINT NOT NULL
);
CREATE INDEX audit_log_time ON audit_log (event_time);
