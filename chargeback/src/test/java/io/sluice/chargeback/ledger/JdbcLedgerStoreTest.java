package io.sluice.chargeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcLedgerStoreTest extends LedgerStoreContract {
    @TempDir
    Path folder;

    private SqliteWork work;

    @Override
    LedgerStore create() {
        work = SqliteWork.in(folder);
        return new JdbcLedgerStore(work);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_entry SET producer = 'parts' WHERE sequence = 2",
                "UPDATE ledger_entry SET recorded_at = recorded_at + 1 WHERE sequence = 2",
                "UPDATE ledger_posting SET bytes = bytes + 1 WHERE sequence = 2 AND line = 2",
                "UPDATE ledger_posting SET account = 'producer:parts' WHERE sequence = 3 AND line = 2",
                "DELETE FROM ledger_posting WHERE sequence = 2; DELETE FROM ledger_entry WHERE sequence = 2",
                "DELETE FROM ledger_posting WHERE sequence = 3; DELETE FROM ledger_entry WHERE sequence = 3",
                "DELETE FROM ledger_posting; DELETE FROM ledger_entry",
                "UPDATE ledger_head SET hash = 'other'",
            })
    void everyChangeBehindTheLedgersBackIsFound(String change) {
        for (int i = 1; i <= 3; i++) ledger.record(Receipts.receipt("r" + i, 1_000, 900));
        assertThat(ledger.verify().isWhole()).isTrue();

        work.tamper(change);

        assertThat(ledger.verify().differences()).isNotEmpty();
    }

    @Test
    void theDatabaseItselfRefusesAnEntryThatDoesNotBalance() {
        ledger.record(Receipts.receipt("r1", 1_000, 900));

        assertThatThrownBy(() -> work.tamper("UPDATE ledger_entry SET wire_bytes = wire_bytes + 1"))
                .hasMessageContaining("CHECK");
    }
}
