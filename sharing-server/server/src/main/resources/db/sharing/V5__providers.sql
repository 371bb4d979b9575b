-- Other servers whose shares are read here. The profile is sealed by the key service: who reads this database, or a copy
-- of it, learns no token. What of it is shown stands beside it.
CREATE TABLE sharing_provider (
    provider_id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    comment TEXT,
    authentication_type TEXT NOT NULL,
    credentials_version BIGINT NOT NULL,
    endpoint TEXT NOT NULL,
    sealed_profile TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL
);
