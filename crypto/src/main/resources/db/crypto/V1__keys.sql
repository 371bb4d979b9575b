-- Scopes, their key encryption keys, and the data keys below them. Wrapped keys only, as base64; useless without the
-- customer's master key. The epoch grows with every change of state and never falls.

CREATE TABLE key_scope (
    scope       TEXT   NOT NULL PRIMARY KEY,
    state       TEXT   NOT NULL,
    epoch       BIGINT NOT NULL,
    cmk_uri     TEXT   NOT NULL,
    kek_id      TEXT   NOT NULL,
    kek_version BIGINT NOT NULL,
    wrapped_x   TEXT   NOT NULL,
    wrapped_kek TEXT   NOT NULL
);

CREATE TABLE data_key (
    id          TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    scope       TEXT   NOT NULL REFERENCES key_scope (scope),
    subject     TEXT   NOT NULL,
    kek_id      TEXT   NOT NULL,
    kek_version BIGINT NOT NULL,
    wrapped     TEXT   NOT NULL,
    PRIMARY KEY (id, version)
);
-- One current key for each subject: racing makers agree on the first.
CREATE UNIQUE INDEX data_key_subject ON data_key (scope, subject, version);
