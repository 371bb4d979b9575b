-- How, from where and until when recipients are let in. Those of before came with a token, from everywhere.
ALTER TABLE sharing_recipient ADD COLUMN authentication_type TEXT NOT NULL DEFAULT 'TOKEN';
ALTER TABLE sharing_recipient ADD COLUMN allowed_addresses TEXT NOT NULL DEFAULT '[]';
ALTER TABLE sharing_recipient ADD COLUMN access_until BIGINT;

-- A token that was rotated out can only be shortened; without the mark a new end for the recipient would revive it.
ALTER TABLE sharing_token ADD COLUMN superseded BIGINT NOT NULL DEFAULT 0;
UPDATE sharing_token SET superseded = 1 WHERE EXISTS (
    SELECT 1 FROM sharing_token newer
    WHERE newer.recipient_id = sharing_token.recipient_id AND newer.created_at > sharing_token.created_at
);

-- Which tokens of which identity providers let somebody in as a recipient.
CREATE TABLE sharing_federation_policy (
    policy_id TEXT PRIMARY KEY,
    recipient_id TEXT NOT NULL REFERENCES sharing_recipient (recipient_id),
    name TEXT NOT NULL,
    comment TEXT,
    issuer TEXT NOT NULL,
    audiences TEXT NOT NULL,
    subject_claim TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL,
    UNIQUE (recipient_id, name)
);
