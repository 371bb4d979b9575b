package io.sluice.sharing.share;

import java.util.Optional;

/** How a table is to be shared; what is empty stays as it is, or takes its default. */
public record ObjectWish(
        Optional<SharedAs> sharedAs,
        Optional<String> comment,
        HistoryWish history,
        Optional<SharedPartitions> partitions) {
    /** Under its own schema and name, and all of it. */
    public static final ObjectWish PLAIN =
            new ObjectWish(Optional.empty(), Optional.empty(), HistoryWish.NONE, Optional.empty());

    public static ObjectWish as(SharedAs name) {
        return new ObjectWish(Optional.of(name), Optional.empty(), HistoryWish.NONE, Optional.empty());
    }

    public ObjectWish with(HistoryWish wanted) {
        return new ObjectWish(sharedAs, comment, wanted, partitions);
    }

    public ObjectWish with(SharedPartitions wanted) {
        return new ObjectWish(sharedAs, comment, history, Optional.of(wanted));
    }
}
