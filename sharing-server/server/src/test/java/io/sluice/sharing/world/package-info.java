/** A small world for tests: SQLite, folders, a catalog and a key gate that tests can talk to. */
@NullMarked
package io.sluice.sharing.world;

import org.jspecify.annotations.NullMarked;
