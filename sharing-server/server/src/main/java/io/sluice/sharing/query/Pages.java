package io.sluice.sharing.query;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;

/** One page of what an answer lists: so many after those that were listed before. */
final class Pages<T> implements Iterator<T> {
    private final Iterator<T> all;
    private final long most;
    private long listed;

    Pages(Iterator<T> all, long before, OptionalLong most) {
        this.all = all;
        this.most = most.orElse(Long.MAX_VALUE);
        for (long skipped = 0; skipped < before && all.hasNext(); skipped++) all.next();
    }

    @Override
    public boolean hasNext() {
        return listed < most && all.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) throw new NoSuchElementException();
        listed++;
        return all.next();
    }

    /** Once this page is through: whether another one follows. */
    boolean isFollowed() {
        return all.hasNext();
    }

    long listed() {
        return listed;
    }
}
