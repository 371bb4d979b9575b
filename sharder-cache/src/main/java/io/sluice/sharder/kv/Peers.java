package io.sluice.sharder.kv;

import io.sluice.sharder.Resource;

/** The way to the other pods. Waits for the answer, but not for long; a pod that does not answer does not serve. */
@FunctionalInterface
public interface Peers {
    Reply ask(Resource pod, Question question);
}
