package io.sluice.lake.store;

import java.util.Iterator;
import java.util.function.Function;

final class Iterators {
    private Iterators() {}

    static <A, B> Iterator<B> map(Iterator<A> source, Function<A, B> mapping) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public B next() {
                return mapping.apply(source.next());
            }
        };
    }
}
