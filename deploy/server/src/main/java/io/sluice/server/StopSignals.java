package io.sluice.server;

import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * How an operator tells the program to end. The virtual machine and the framework answer these signals too, by closing
 * all doors at once; who leaves in good order has to hear them first.
 */
final class StopSignals {
    private static final String[] NAMES = {"TERM", "INT"};
    /** As shells have it. */
    private static final int ENDED_BY_SIGNAL = 128;

    private StopSignals() {}

    /** Runs this at the first of them. Another one ends the program at once. */
    static void answer(Runnable leave) {
        AtomicBoolean isLeaving = new AtomicBoolean();
        for (String name : NAMES) {
            Signal signal = new Signal(name);
            SignalHandler before = Signal.handle(signal, received -> {
                if (isLeaving.compareAndSet(false, true)) leave.run();
                else System.exit(ENDED_BY_SIGNAL + received.getNumber());
            });
            // Whoever started us in the background wanted it so.
            if (before == SignalHandler.SIG_IGN) Signal.handle(signal, before);
        }
    }
}
