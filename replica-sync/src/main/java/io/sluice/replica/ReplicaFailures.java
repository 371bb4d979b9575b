package io.sluice.replica;

import io.sluice.model.failure.Failure;
import java.net.URI;

/** What can be wrong with a replica's definition, in words for the caller. */
final class ReplicaFailures {
    private ReplicaFailures() {}

    static Failure nameTaken(String name) {
        return Failure.alreadyExists(
                Failure.Subject.ANYTHING, "There is a replica named \"%s\" already. Choose another name.", name);
    }

    static Failure targetTaken(URI target, String holder) {
        return Failure.alreadyExists(
                Failure.Subject.ANYTHING,
                "The location %s is the target of replica \"%s\" already. Choose another location.",
                target,
                holder);
    }

    static Failure notFound(String name) {
        return Failure.notFound(
                Failure.Subject.ANYTHING,
                "There is no replica named \"%s\". List the replicas to see their names.",
                name);
    }

    static Failure mirrorNotServed(String name) {
        return Failure.unsupported(
                "Replica \"%s\" asks for the kind mirror, which is not served yet. Use squash: one commit per sync, "
                        + "with versions of its own.",
                name);
    }

    static Failure targetWithinSource(URI source, URI target) {
        return Failure.invalid(
                "The target %s and the source %s overlap. A replica needs a folder of its own.", target, source);
    }

    static Failure nameInvalid(String name) {
        return Failure.invalid(
                "\"%s\" is not a name for a replica. Use 1 to 128 letters, digits, '_', '-' and '.'.", name);
    }
}
