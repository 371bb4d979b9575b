-- The columns of system.access.audit that tell where a request came from and why it was refused. Unknown for rows that
-- are older, and for writes that no request asked for.
ALTER TABLE audit_log ADD COLUMN source_ip_address TEXT;
ALTER TABLE audit_log ADD COLUMN user_agent TEXT;
ALTER TABLE audit_log ADD COLUMN error_message TEXT;
