package io.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.exit.Exit;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.cli.show.OutputFormat;
import io.sluice.cli.tour.Guide;
import io.sluice.cli.tour.Tour;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tour",
        description = {
            "Walk through the demo world of \"sluice dev\": catalog, share, replica, bill, keys, shards.",
            "Adds one business day of rows, revokes a key and restores it; all else is put back."
        },
        footer = "Example: sluice tour")
public final class TourCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();

    @Option(
            names = "--check",
            description = "Say nothing; exit 0 only if every effect was seen from outside, 7 if something differs.")
    private boolean check;

    @Override
    public Integer call() {
        SluiceServer server = new SluiceServer(common.settings());
        if (common.output() == OutputFormat.table) {
            PrintStream out = common.surroundings().out();
            new Tour(server, check ? new Silence() : new Talk(out)).walk();
            return Exit.OK.code();
        }
        Notes notes = new Notes();
        new Tour(server, notes).walk();
        return check ? Exit.OK.code() : common.print(notes.answer());
    }

    private static final class Silence implements Guide {
        @Override
        public void stop(String title, String why, String... commands) {}

        @Override
        public void saw(String format, Object... args) {}
    }

    private static final class Talk implements Guide {
        private final PrintStream out;
        private int number;

        Talk(PrintStream out) {
            this.out = out;
        }

        @Override
        public void stop(String title, String why, String... commands) {
            if (number++ > 0) out.println();
            out.println(number + ". " + title);
            out.println("   " + why);
            for (String command : commands) out.println("   $ " + command);
        }

        @Override
        public void saw(String format, Object... args) {
            out.println("   -> " + format.formatted(args));
        }
    }

    private static final class Notes implements Guide {
        private final List<ObjectNode> stops = new ArrayList<>();
        private @Nullable ArrayNode seen;

        @Override
        public void stop(String title, String why, String... commands) {
            ObjectNode stop = Json.object().put("title", title).put("why", why);
            ArrayNode listed = stop.putArray("commands");
            for (String command : commands) listed.add(command);
            seen = stop.putArray("seen");
            stops.add(stop);
        }

        @Override
        public void saw(String format, Object... args) {
            if (seen != null) seen.add(format.formatted(args));
        }

        Answer answer() {
            ObjectNode json = Json.object().set("stops", Json.array().addAll(stops));
            return Answer.many(json, "stops", Column.text("stop", "title"), Column.words("seen", "seen"));
        }
    }
}
