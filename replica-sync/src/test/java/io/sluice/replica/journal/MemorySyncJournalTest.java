package io.sluice.replica.journal;

class MemorySyncJournalTest extends SyncJournalContract {
    @Override
    SyncJournal create() {
        return new MemorySyncJournal();
    }
}
