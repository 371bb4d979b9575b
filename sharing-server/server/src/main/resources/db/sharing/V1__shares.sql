-- Shares, what they hold, and who may read them. Times are epoch milliseconds. Secrets are kept as SHA-256 only:
-- a reader of this database cannot act as a recipient.

CREATE TABLE sharing_share (
    share_id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    comment TEXT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL
);

-- The table is pinned by its id: another table that takes the name later is not what was shared.
CREATE TABLE sharing_object (
    share_id TEXT NOT NULL REFERENCES sharing_share (share_id),
    table_id TEXT NOT NULL,
    table_name TEXT NOT NULL,
    schema_as TEXT NOT NULL,
    table_as TEXT NOT NULL,
    comment TEXT,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL,
    PRIMARY KEY (share_id, table_name),
    UNIQUE (share_id, schema_as, table_as)
);

CREATE TABLE sharing_recipient (
    recipient_id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    comment TEXT,
    metastore TEXT,
    properties TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL
);

-- Until activation token_hash is absent; from then on the activation link is dead.
CREATE TABLE sharing_token (
    token_id TEXT PRIMARY KEY,
    recipient_id TEXT NOT NULL REFERENCES sharing_recipient (recipient_id),
    nonce_hash TEXT NOT NULL UNIQUE,
    link_expires_at BIGINT NOT NULL,
    token_hash TEXT UNIQUE,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL
);

CREATE INDEX sharing_token_by_recipient ON sharing_token (recipient_id);

CREATE TABLE sharing_grant (
    share_id TEXT NOT NULL REFERENCES sharing_share (share_id),
    recipient_id TEXT NOT NULL REFERENCES sharing_recipient (recipient_id),
    granted_at BIGINT NOT NULL,
    granted_by TEXT NOT NULL,
    PRIMARY KEY (share_id, recipient_id)
);
