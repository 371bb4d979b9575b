-- Tables are read in ranges of names, so names sort by their bytes in both databases, as they do in memory.
${names_sort_by_bytes};

-- Beside its body, because lists go by it.
ALTER TABLE securable ADD COLUMN owner TEXT;
UPDATE securable SET owner = ${owner_of_body};
DROP INDEX securable_log;
CREATE INDEX securable_log ON securable (log, kind, parent_id, owner, name);

-- Which folder belongs to what: nothing may lie in what belongs to something else.
CREATE TABLE location (
    path         TEXT ${by_bytes} NOT NULL PRIMARY KEY,
    securable_id TEXT NOT NULL REFERENCES securable (id) ON DELETE CASCADE
);
CREATE INDEX location_securable ON location (securable_id);
INSERT INTO location (path, securable_id)
SELECT ${location_of_body}, id FROM securable
WHERE kind IN ('TABLE', 'VOLUME', 'REGISTERED_MODEL') AND ${location_of_body} IS NOT NULL
ON CONFLICT (path) DO NOTHING;
