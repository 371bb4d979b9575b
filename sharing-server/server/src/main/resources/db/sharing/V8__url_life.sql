-- How long URLs of a share's files may open them. As long as can be, for those shared before.
ALTER TABLE sharing_share ADD COLUMN url_life_seconds BIGINT NOT NULL DEFAULT 900;
