package io.sluice.sharing;

import io.sluice.model.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The part of a list that is asked for: at most {@code size} items behind {@code after}.
 *
 * <p>A page token is the place in the order where the last page ended, and nothing else. It needs no signature: what
 * it can name is only a starting point among items that the caller may see anyway.
 *
 * @param size may be 0, which asks only whether there is anything
 */
public record PageRequest(int size, String after) {
    /** Where the reference server caps; above it answers 400, and clients rely on that. */
    private static final int PROTOCOL_LIMIT = 500;

    private static final int MANAGEMENT_LIMIT = 1000;
    private static final String MARK = "p1:";

    /** The sharing protocol's rule: 0 asks for no items. */
    public static PageRequest ofProtocol(Optional<String> maxResults, Optional<String> pageToken) {
        int size = maxResults
                .map(text -> number("maxResults", text, PROTOCOL_LIMIT))
                .orElse(PROTOCOL_LIMIT);
        return new PageRequest(size, position("pageToken", pageToken));
    }

    /** The management API's rule: 0 leaves the size to the server. */
    public static PageRequest ofManagement(Optional<String> maxResults, Optional<String> pageToken) {
        int size = maxResults
                .map(text -> number("max_results", text, MANAGEMENT_LIMIT))
                .orElse(0);
        return new PageRequest(size == 0 ? MANAGEMENT_LIMIT : size, position("page_token", pageToken));
    }

    /** How many of a list that has no pages. 0 and nothing leave it to the server. */
    public static int limit(String parameter, Optional<String> text, int most) {
        int wanted = text.map(number -> number(parameter, number, most)).orElse(0);
        return wanted == 0 ? most : wanted;
    }

    static String token(String after) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((MARK + after).getBytes(StandardCharsets.UTF_8));
    }

    private static int number(String parameter, String text, int limit) {
        try {
            int value = Integer.parseInt(text.trim());
            if (value >= 0 && value <= limit) return value;
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw Failure.invalid("%s is \"%s\". Give a number from 0 to %d.", parameter, text, limit);
    }

    private static String position(String parameter, Optional<String> token) {
        if (token.isEmpty() || token.get().isEmpty()) return "";
        try {
            String text = new String(Base64.getUrlDecoder().decode(token.get()), StandardCharsets.UTF_8);
            if (text.startsWith(MARK)) return text.substring(MARK.length());
        } catch (IllegalArgumentException e) {
            // Answered below, like a token of another list.
        }
        throw Failure.invalid(
                "The %s is not one of ours. Send back the token of the page before, unchanged.", parameter);
    }
}
