package io.sluice.sharing.share;

import java.util.List;

/** A share as its managers see it. */
public record ShareView(Share share, List<ObjectView> objects) {
    public ShareView {
        objects = List.copyOf(objects);
    }

    /** @param isServed false while recipients do not see the object: see {@link SharedTables#find} */
    public record ObjectView(SharedObject object, boolean isServed) {}
}
