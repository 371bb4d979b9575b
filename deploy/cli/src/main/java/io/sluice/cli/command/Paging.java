package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import picocli.CommandLine.Option;

/** How much of a list is wanted. */
final class Paging {
    @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: all, page by page.")
    private int limit = Integer.MAX_VALUE;

    JsonNode read(Common common, SluiceServer server, Route route, String list) {
        JsonNode found = server.getAll(route, list, limit());
        if (found.has("next_page_token"))
            common.surroundings().tell("There are more than these %d. Say a higher --limit to see them.", limit);
        return found;
    }

    int limit() {
        if (limit < 1) throw CommandFailure.usage("--limit is %d. Ask for 1 or more.", limit);
        return limit;
    }
}
