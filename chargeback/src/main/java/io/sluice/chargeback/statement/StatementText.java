package io.sluice.chargeback.statement;

import io.sluice.chargeback.rate.UnitPrice;
import java.math.BigDecimal;
import java.util.List;

/** A statement for people, as a plain table. */
public final class StatementText {
    private static final String ROW = "%-24s %-36s %-20s %5s %20s %18s %12s %s%n";

    private StatementText() {}

    public static String of(Statement statement) {
        StringBuilder text = new StringBuilder();
        text.append("Statement for %s, %s%n%n".formatted(statement.payer(), statement.period()));
        text.append(ROW.formatted("payer", "lane", "replica", "runs", "bytes", "GB", "per GB", "amount"));
        append(text, statement.charges(), "Total", statement.total());
        text.append("%nBorne by the platform: bytes that crossed without a replica gaining them%n".formatted());
        append(text, statement.waste(), "Total waste", statement.wasteTotal());
        return text.toString();
    }

    private static void append(StringBuilder text, List<StatementLine> lines, String label, Total total) {
        for (StatementLine line : lines)
            text.append(ROW.formatted(
                    line.account(),
                    line.lane(),
                    line.replica(),
                    line.runs(),
                    line.bytes(),
                    plain(line.gigabytes()),
                    plain(line.price().perGigabyte()),
                    plain(line.amount())));
        text.append(ROW.formatted(
                label,
                "",
                "",
                "",
                total.bytes(),
                plain(UnitPrice.gigabytes(total.bytes())),
                "",
                plain(total.amount())));
        text.append("%s to pay: %s %s%n".formatted(label, plain(total.payable()), total.currency()));
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }
}
