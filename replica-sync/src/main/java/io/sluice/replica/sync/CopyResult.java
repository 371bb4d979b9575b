package io.sluice.replica.sync;

import java.util.List;

/** All objects of a plan, now at the target. */
record CopyResult(List<CopiedObject> objects) {
    CopyResult {
        objects = List.copyOf(objects);
    }

    int reused() {
        return (int) objects.stream().filter(object -> !object.moved()).count();
    }
}
