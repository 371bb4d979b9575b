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
