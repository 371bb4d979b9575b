package io.sluice.replica.sync;

import io.sluice.lake.store.ObjectStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * A process that is killed at its n-th step. Every call of a wrapped part is two steps, one before it has an effect and
 * one after; so is every buffer of a stream. Once dead, nothing of the process has any effect.
 */
final class Lifeline {
    private int stepsLeft;
    private boolean dead;

    Lifeline(int steps) {
        this.stepsLeft = steps;
    }

    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    synchronized void step() {
        if (dead || --stepsLeft <= 0) {
            dead = true;
            throw new Killed();
        }
    }

    ObjectStore store(ObjectStore part) {
        return wrap(ObjectStore.class, part);
    }

    <T> T wrap(Class<T> type, T part) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    step();
                    try {
                        Object result = method.invoke(part, arguments);
                        step();
                        return result instanceof InputStream in ? new MortalStream(in) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private final class MortalStream extends FilterInputStream {
        MortalStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            step();
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
            step();
            int read = in.read(buffer, offset, count);
            step();
            return read;
        }
    }
}
