/** SQLite or PostgreSQL, chosen at run time: connections, migrations, transactions, the change log. */
@NullMarked
package io.sluice.catalog.store;

import org.jspecify.annotations.NullMarked;
