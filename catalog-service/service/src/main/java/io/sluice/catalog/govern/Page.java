package io.sluice.catalog.govern;

import io.sluice.model.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One page of a list in name order. A page is full unless it is the last one. */
public record Page<T>(List<T> items, Optional<String> nextToken) {
    static final int DEFAULT_SIZE = 100;

    /** What the caller asked for: how many, and where to go on. */
    public record Request(int size, Optional<String> after) {

        /** Reads {@code max_results} and {@code page_token}; a size of zero means the server's own. */
        public static Request of(@Nullable Integer maxResults, @Nullable String pageToken) {
            if (maxResults != null && maxResults < 0)
                throw Failure.invalid("max_results is %d. Use 0 for the server's page size, or more.", maxResults);
            int size = maxResults == null || maxResults == 0 ? DEFAULT_SIZE : Math.min(maxResults, DEFAULT_SIZE);
            return new Request(
                    size,
                    Optional.ofNullable(pageToken).filter(t -> !t.isEmpty()).map(Request::decode));
        }

        private static String decode(String token) {
            try {
                return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw Failure.invalid("The page_token was not issued by this server. Start the list again.");
            }
        }
    }

    static <T> Page<T> last(List<T> items) {
        return new Page<>(items, Optional.empty());
    }

    static <T> Page<T> more(List<T> items, String lastName) {
        return new Page<>(items, Optional.of(encode(lastName)));
    }

    /** Scans a sorted map from the token on; the visibility test stands inside the scan, so that pages are full. */
    static <K extends Comparable<K>, V> Page<V> of(
            SortedMap<K, V> sorted, Function<String, K> key, Request request, Predicate<V> visible) {
        SortedMap<K, V> rest = request.after().map(key).map(sorted::tailMap).orElse(sorted);
        List<V> items = new ArrayList<>();
        String last = request.after().orElse("");
        boolean isFirst = true;
        for (Map.Entry<K, V> entry : rest.entrySet()) {
            boolean isWhereWeStopped = isFirst && entry.getKey().toString().equals(last);
            isFirst = false;
            if (isWhereWeStopped || !visible.test(entry.getValue())) continue;
            if (items.size() == request.size()) return new Page<>(items, Optional.of(encode(last)));
            items.add(entry.getValue());
            last = entry.getKey().toString();
        }
        return new Page<>(items, Optional.empty());
    }

    /** A page of a list that is in the order of its names already. */
    public static <T> Page<T> of(List<T> sorted, Function<T, String> name, Request request) {
        List<T> rest = sorted.stream()
                .filter(item -> request.after()
                        .map(after -> name.apply(item).compareTo(after) > 0)
                        .orElse(true))
                .toList();
        if (rest.size() <= request.size()) return last(rest);
        List<T> items = rest.subList(0, request.size());
        return more(items, name.apply(items.get(items.size() - 1)));
    }

    private static String encode(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }
}
