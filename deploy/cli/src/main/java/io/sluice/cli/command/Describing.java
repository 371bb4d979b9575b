package io.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be changed about most things. */
class Describing {
    @Option(names = "--comment", paramLabel = "TEXT", description = "The new comment; \"\" takes it away.")
    private @Nullable String comment;

    @Option(names = "--owner", paramLabel = "WHO", description = "The user or group to own it from now on.")
    private @Nullable String owner;

    /** A change of nothing is a mistake of whoever asked for it. */
    final ObjectNode changes() {
        ObjectNode changes = write(Json.object());
        if (changes.isEmpty()) throw nothing();
        return changes;
    }

    static CommandFailure nothing() {
        return CommandFailure.usage("Say what to change; --help shows what can be.");
    }

    ObjectNode write(ObjectNode changes) {
        if (comment != null) changes.put("comment", comment);
        if (owner != null) changes.put("owner", owner);
        return changes;
    }

    /** For what can have another name too. */
    static final class OrRenaming extends Describing {
        @Option(names = "--rename", paramLabel = "NAME", description = "The new last part of its name.")
        private @Nullable String newName;

        @Override
        ObjectNode write(ObjectNode changes) {
            if (newName != null) changes.put("new_name", newName);
            return super.write(changes);
        }
    }
}
