-- Both histories are let go of after a while.
CREATE INDEX change_log_age ON change_log (changed_at);
