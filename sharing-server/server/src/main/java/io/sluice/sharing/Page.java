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
        List<T> behind = new ArrayList<>();
        for (T item : sorted)
            if (key.apply(item).compareTo(request.after()) > 0 && behind.size() <= request.size()) behind.add(item);
        return ofNext(behind, key, request);
    }

    /** @param next one item more than the page takes, where there are as many behind the place asked for */
    public static <T> Page<T> ofNext(List<T> next, Function<T, String> key, PageRequest request) {
        if (next.size() <= request.size()) return new Page<>(next, Optional.empty());
        List<T> items = next.subList(0, request.size());
        String last = items.isEmpty() ? request.after() : key.apply(items.get(items.size() - 1));
        return new Page<>(items, Optional.of(PageRequest.token(last)));
    }

    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), nextToken);
    }
}
