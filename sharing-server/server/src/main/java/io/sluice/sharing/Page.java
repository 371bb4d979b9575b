package io.sluice.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Some items of a list, and the token for the next ones if there are any. */
public record Page<T>(List<T> items, Optional<String> nextToken) {
    public Page {
        items = List.copyOf(items);
    }

    /** Cuts a page out of items in the order of their keys. */
    public static <T> Page<T> of(List<T> sorted, Function<T, String> key, PageRequest request) {
        List<T> items = new ArrayList<>();
        String last = request.after();
        for (T item : sorted) {
            if (key.apply(item).compareTo(request.after()) <= 0) continue;
            if (items.size() == request.size()) return new Page<>(items, Optional.of(PageRequest.token(last)));
            items.add(item);
            last = key.apply(item);
        }
        return new Page<>(items, Optional.empty());
    }

    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), nextToken);
    }
}
