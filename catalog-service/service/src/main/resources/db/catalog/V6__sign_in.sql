-- When a token was last used, to the minute. Beside the token's row, because a use is no change of it.

CREATE TABLE token_use (
    token_id TEXT   NOT NULL PRIMARY KEY REFERENCES tokens (id) ON DELETE CASCADE,
    used_at  BIGINT NOT NULL
);
