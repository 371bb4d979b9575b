package io.sluice.model.work;

import java.sql.Connection;

/**
 * An open SQL transaction. Rooms write their own tables over the connection; they neither commit nor close it. The
 * SQL is the common part of SQLite and PostgreSQL: TEXT and BIGINT columns, {@code ON CONFLICT}, {@code RETURNING}.
 */
public interface Transaction {
    Connection connection();

    /** Stands or falls with the writes of this transaction. */
    void audit(AuditEntry entry);

    /** Runs once the commit is known to have landed, in the order given; never after a rollback. */
    void afterCommit(Runnable action);
}
