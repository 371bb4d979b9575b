package io.sluice.client.internal.parquet;

/** How much memory a file may ask for. Far above what writers do, far below what hurts. */
final class Bounds {
    static final int MOST_FOOTER_BYTES = 64 << 20;

    /** Of one page, as it lies in the file and unpacked. Writers make pages of about one MiB. */
    static final int MOST_PAGE_BYTES = 128 << 20;

    /** Of all pages that are open at once, one per column and its dictionary. */
    static final long MOST_OPEN_BYTES = 512L << 20;

    static final int MOST_VALUES_OF_A_PAGE = 1 << 24;

    /** Repeated values take few bytes in a file and many as a list. */
    static final long MOST_ROW_BYTES = 256L << 20;

    /** Of groups within groups. */
    static final int MOST_LEVELS = 200;

    /** What one value costs beside its bytes. */
    static final int VALUE_BYTES = 16;

    private Bounds() {}

    /** Counts what is taken, and refuses what is too much. Not for several threads. */
    static final class Budget {
        private final long most;
        private final String what;
        private long taken;

        Budget(long most, String what) {
            this.most = most;
            this.what = what;
        }

        /** Requires: what is given back has been taken. */
        void exchange(long givenBack, long wanted) {
            taken += wanted - givenBack;
            if (taken > most) throw new OverBudgetException("%s take more than %d bytes".formatted(what, most));
        }

        void take(long wanted) {
            exchange(0, wanted);
        }

        void clear() {
            taken = 0;
        }
    }

    /** Unchecked, because it has to get through parquet-java's interfaces. */
    static final class OverBudgetException extends RuntimeException {
        OverBudgetException(String message) {
            super(message);
        }
    }
}
