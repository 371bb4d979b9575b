/**
 * Commits of managed Delta tables. A writer puts its commit into a staged file and asks here for the next version; who
 * gets it decides the race, and the file is copied into the log afterwards (backfilled) at leisure.
 */
@NullMarked
package io.sluice.catalog.commits;

import org.jspecify.annotations.NullMarked;
