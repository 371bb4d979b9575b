package io.sluice.catalog.govern;

import java.time.Duration;

/** How long is kept what nobody sees in the catalog any more. */
public record Retention(Duration droppedTables, Duration auditLog) {}
