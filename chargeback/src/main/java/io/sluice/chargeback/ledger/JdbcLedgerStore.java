package io.sluice.chargeback.ledger;

import io.sluice.model.usage.TransferReceipt;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.Transaction;
import io.sluice.model.work.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The ledger in SQL, one text for SQLite and PostgreSQL. Tables: {@code db/chargeback}. */
public final class JdbcLedgerStore implements LedgerStore {
    private static final String SELECT = "SELECT e.*, p.account, p.bytes FROM ledger_entry e "
            + "LEFT JOIN ledger_posting p ON p.sequence = e.sequence ";
    private static final String IN_ORDER = " ORDER BY e.sequence, p.line";

    private final UnitOfWork work;

    public JdbcLedgerStore(UnitOfWork work) {
        this.work = work;
    }

    @Override
    public Appended append(String receiptId, Function<ChainHead, LedgerEntry> next) {
        return work.write(Territory.ROOT, transaction -> {
            Handle sql = Jdbi.open(transaction.connection());
            ChainHead head = lockHead(sql);
            Optional<LedgerEntry> known = find(sql, receiptId);
            if (known.isPresent()) return new Appended(known.get(), false);
            LedgerEntry entry = next.apply(head);
            if (!insert(sql, entry))
                throw new IllegalStateException("receipt " + receiptId + " appeared while the chain was locked");
            insertPostings(sql, entry);
            checkSumIsZero(sql, entry);
            moveHead(sql, entry);
            audit(transaction, entry);
            return new Appended(entry, true);
        });
    }

    @Override
    public Optional<LedgerEntry> find(String receiptId) {
        return work.read(connection -> find(Jdbi.open(connection), receiptId));
    }

    @Override
    public ChainHead head() {
        return work.read(connection -> Jdbi.open(connection)
                .createQuery("SELECT sequence, hash FROM ledger_head WHERE name = 'head'")
                .map((row, context) -> new ChainHead(row.getLong("sequence"), row.getString("hash")))
                .one());
    }

    @Override
    public List<LedgerEntry> after(long sequence, int limit) {
        return work.read(connection -> {
            var rows = Jdbi.open(connection)
                    .createQuery(SELECT + "WHERE e.sequence IN (SELECT sequence FROM ledger_entry"
                            + " WHERE sequence > :after ORDER BY sequence LIMIT :limit)" + IN_ORDER)
                    .bind("after", sequence)
                    .bind("limit", (long) limit)
                    .map(EntryRows::read)
                    .list();
            List<LedgerEntry> entries = new ArrayList<>();
            EntryRows.group(rows.iterator(), entries::add);
            return entries;
        });
    }

    @Override
    public void scan(Period period, Consumer<LedgerEntry> reader) {
        work.read(connection -> {
            Jdbi.open(connection)
                    .createQuery(SELECT + "WHERE e.occurred_at >= :from AND e.occurred_at < :to" + IN_ORDER)
                    .bind("from", Micros.of(period.from()))
                    .bind("to", Micros.of(period.to()))
                    .map(EntryRows::read)
                    .useIterator(rows -> EntryRows.group(rows, reader));
            return true;
        });
    }

    private static Optional<LedgerEntry> find(Handle sql, String receiptId) {
        var rows = sql.createQuery(SELECT + "WHERE e.receipt_id = :receipt" + IN_ORDER)
                .bind("receipt", receiptId)
                .map(EntryRows::read)
                .list();
        List<LedgerEntry> found = new ArrayList<>();
        EntryRows.group(rows.iterator(), found::add);
        return found.stream().findFirst();
    }

    /** An update that changes nothing: it makes every other writer wait until this transaction has ended. */
    private static ChainHead lockHead(Handle sql) {
        return sql.createQuery(
                        "UPDATE ledger_head SET sequence = sequence WHERE name = 'head' RETURNING sequence, hash")
                .map((row, context) -> new ChainHead(row.getLong("sequence"), row.getString("hash")))
                .one();
    }

    private static void moveHead(Handle sql, LedgerEntry entry) {
        sql.createUpdate("UPDATE ledger_head SET sequence = :sequence, hash = :hash WHERE name = 'head'")
                .bind("sequence", entry.sequence())
                .bind("hash", entry.hash())
                .execute();
    }

    private static boolean insert(Handle sql, LedgerEntry entry) {
        TransferReceipt receipt = entry.receipt();
        int inserted = sql.createUpdate("INSERT INTO ledger_entry (sequence, receipt_id, replica, producer, lane_from,"
                        + " lane_to, from_version, to_version, wire_bytes, logical_bytes, waste_bytes, files,"
                        + " started_at, occurred_at, recorded_at, previous_hash, hash) VALUES (:sequence, :receipt,"
                        + " :replica, :producer, :laneFrom, :laneTo, :fromVersion, :toVersion, :wire, :logical,"
                        + " :waste, :files, :startedAt, :occurredAt, :recordedAt, :previousHash, :hash)"
                        + " ON CONFLICT (receipt_id) DO NOTHING")
                .bind("sequence", entry.sequence())
                .bind("receipt", receipt.id())
                .bind("replica", receipt.replica())
                .bind("producer", receipt.producer())
                .bind("laneFrom", receipt.lane().from().toString())
                .bind("laneTo", receipt.lane().to().toString())
                .bind("fromVersion", receipt.fromVersion())
                .bind("toVersion", receipt.toVersion())
                .bind("wire", receipt.wire().bytes())
                .bind("logical", receipt.logical().bytes())
                .bind("waste", receipt.wire().minus(receipt.logical()).bytes())
                .bind("files", (long) receipt.files())
                .bind("startedAt", Micros.of(receipt.startedAt()))
                .bind("occurredAt", Micros.of(receipt.finishedAt()))
                .bind("recordedAt", Micros.of(entry.recordedAt()))
                .bind("previousHash", entry.previousHash())
                .bind("hash", entry.hash())
                .execute();
        return inserted == 1;
    }

    private static void insertPostings(Handle sql, LedgerEntry entry) {
        long line = 0;
        for (Posting posting : entry.postings())
            sql.createUpdate("INSERT INTO ledger_posting (sequence, line, account, bytes)"
                            + " VALUES (:sequence, :line, :account, :bytes)")
                    .bind("sequence", entry.sequence())
                    .bind("line", ++line)
                    .bind("account", posting.account().name())
                    .bind("bytes", posting.bytes())
                    .execute();
    }

    /** The database's own sum over what it stored; a difference undoes the transaction. */
    private static void checkSumIsZero(Handle sql, LedgerEntry entry) {
        long sum = sql.createQuery("SELECT COALESCE(SUM(bytes), 0) FROM ledger_posting WHERE sequence = :sequence")
                .bind("sequence", entry.sequence())
                .mapTo(Long.class)
                .one();
        if (sum != 0)
            throw new IllegalStateException("stored postings of entry " + entry.sequence() + " sum to " + sum);
    }

    private static void audit(Transaction transaction, LedgerEntry entry) {
        TransferReceipt receipt = entry.receipt();
        transaction.audit(AuditEntry.done(
                "sluice",
                "billing",
                "recordReceipt",
                Map.of(
                        "receipt", receipt.id(),
                        "replica", receipt.replica(),
                        "producer", receipt.producer(),
                        "wire_bytes", Long.toString(receipt.wire().bytes()),
                        "logical_bytes", Long.toString(receipt.logical().bytes()))));
    }
}
