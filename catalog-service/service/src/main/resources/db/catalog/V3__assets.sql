-- Volumes, functions, models, credentials and external locations are rows of securable; what is left are groups and the
-- versions of models, of which there may be many and which nobody lists without naming the model.

CREATE TABLE principal_groups (
    id   TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
);

CREATE TABLE model_version (
    model_id TEXT   NOT NULL REFERENCES securable (id) ON DELETE CASCADE,
    version  BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    PRIMARY KEY (model_id, version)
);

CREATE TABLE tag (
    securable_id TEXT NOT NULL REFERENCES securable (id) ON DELETE CASCADE,
    column_name  TEXT NOT NULL,
    tag_key      TEXT NOT NULL,
    tag_value    TEXT NOT NULL,
    PRIMARY KEY (securable_id, column_name, tag_key)
);
