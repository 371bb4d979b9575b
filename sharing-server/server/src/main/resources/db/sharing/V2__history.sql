-- What recipients get of a table beside its newest version. Nothing, of what was shared before.
ALTER TABLE sharing_object ADD COLUMN history_shared BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sharing_object ADD COLUMN cdf_enabled BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sharing_object ADD COLUMN start_version BIGINT NOT NULL DEFAULT 0;
