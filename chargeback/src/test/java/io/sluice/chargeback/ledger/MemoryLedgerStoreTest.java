package io.sluice.chargeback.ledger;

class MemoryLedgerStoreTest extends LedgerStoreContract {
    @Override
    LedgerStore create() {
        return new MemoryLedgerStore();
    }
}
