-- Which partitions are shared, as JSON of the management API. Absent for all.
ALTER TABLE sharing_object ADD COLUMN partitions TEXT;
