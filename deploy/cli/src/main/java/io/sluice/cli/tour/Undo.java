package io.sluice.cli.tour;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What has to be put back, newest first: at the end of the walk, on failure, and when the visitor presses Ctrl-C while
 * a key is revoked. Safe to use from the shutdown hook's thread.
 */
final class Undo implements AutoCloseable {
    private record Step(String remedy, Runnable action) {}

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Thread hook = new Thread(this::putBackQuietly, "tour-undo");

    Undo() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** {@code remedy} is told to the visitor if the action fails. */
    synchronized void later(String remedy, Runnable action) {
        steps.push(new Step(remedy, action));
    }

    /** Puts all back now; the first thing that cannot be put back is the failure, after the others were tried. */
    @Override
    public void close() {
        List<String> left = putBack();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // Then the hook finds nothing left to do.
        }
        if (!left.isEmpty())
            throw new CommandFailure(
                    Exit.FAILURE, "The tour could not put everything back. Run: " + String.join("; ", left));
    }

    private synchronized List<String> putBack() {
        List<String> left = new ArrayList<>();
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.action().run();
            } catch (RuntimeException e) {
                left.add(step.remedy());
            }
        }
        return left;
    }

    private void putBackQuietly() {
        putBack();
    }
}
