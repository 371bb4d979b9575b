package io.sluice.bench.catalog;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.catalog.Estate;
import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.StoreUrl;
import java.nio.file.Path;

/** SQL statements that one more table takes, BEGIN and COMMIT not counted. */
record CreateStatements(Path file) {
    private static final double MOST = 6;

    Figure measure() {
        try (Database database = Database.open(StoreUrl.parse("sqlite:" + file))) {
            InProcess catalog = InProcess.over(database, Estate.WHOLE);
            catalog.create("first");
            long before = database.statementsSent();
            catalog.create("second");
            double statements = database.statementsSent() - before;
            return Figure.alone("create_sql_statements", statements, "statements", Better.LESS)
                    .within(MOST);
        }
    }
}
