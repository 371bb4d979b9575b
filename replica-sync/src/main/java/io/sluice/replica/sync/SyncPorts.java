package io.sluice.replica.sync;

import io.sluice.replica.PriceQuote;
import io.sluice.replica.ReplicaPlaces;
import io.sluice.replica.UsageSink;
import io.sluice.replica.journal.SyncJournal;

/** The doors of a sync to the rest of the world. */
public record SyncPorts(ReplicaPlaces places, SyncJournal journal, PriceQuote quote, UsageSink sink) {}
