package io.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.exit.CommandFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say from where and until when a recipient gets in. */
final class Admitting {
    @Option(
            names = "--allow-ip",
            paramLabel = "RANGE",
            description = "Lets it in from there only, as in 203.0.113.7 or 2001:db8::/32. May be repeated.")
    private List<String> ranges = List.of();

    @Option(names = "--allow-all", description = "Lets it in from everywhere.")
    private boolean isOpen;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "When access ends: in 12h or 30d, or at 2030-01-31T00:00:00Z.")
    private @Nullable String expires;

    void addTo(ObjectNode body) {
        if (isOpen && !ranges.isEmpty()) throw CommandFailure.usage("Say --allow-all or --allow-ip, not both.");
        if (isOpen || !ranges.isEmpty()) {
            ArrayNode addresses = body.putObject("ip_access_list").putArray("allowed_ip_addresses");
            ranges.forEach(addresses::add);
        }
        if (expires != null) body.put("expiration_time", end(expires).toEpochMilli());
    }

    private static Instant end(String text) {
        if (Span.isOne(text)) return Instant.now().plus(Span.parse(text));
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw CommandFailure.usage("\"%s\" is no moment. Write it as in 30d or 2030-01-31T00:00:00Z.", text);
        }
    }
}
