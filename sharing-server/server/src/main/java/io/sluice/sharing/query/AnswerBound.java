package io.sluice.sharing.query;

import io.sluice.model.failure.Failure;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * How many files one answer lists. Who asks for pages gets none that is longer. Who does not gets everything, or a
 * refusal: most clients would take a first page for the whole table.
 */
public record AnswerBound(long files) {
    public AnswerBound {
        if (files < 1) throw new IllegalArgumentException("an answer of at most %d files".formatted(files));
    }

    /** The page that is meant by {@code maxFiles}, if any. */
    OptionalLong page(OptionalLong maxFiles) {
        return maxFiles.isPresent() ? OptionalLong.of(Math.min(maxFiles.getAsLong(), files)) : maxFiles;
    }

    /** Looks through what will be listed, so that too much is told before the first byte. */
    void require(Iterator<?> listed) {
        Iterator<?> bounded = counted(listed);
        while (bounded.hasNext()) bounded.next();
    }

    /** Fails on the way: for what nobody looks through twice. */
    <T> Iterator<T> counted(Iterator<T> listed) {
        return new Iterator<>() {
            private long count;

            @Override
            public boolean hasNext() {
                return listed.hasNext();
            }

            @Override
            public T next() {
                if (count == files && listed.hasNext()) throw tooLong();
                count++;
                return listed.next();
            }
        };
    }

    private Failure tooLong() {
        return Failure.tooLarge(
                "The answer has more than %d files, which is the most at once. Ask for it in pages (maxFiles), or for "
                        + "less of it by predicates.",
                files);
    }
}
