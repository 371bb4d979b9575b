package io.sluice.sharing.query;

import com.fasterxml.jackson.core.JacksonException;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Digests;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.internal.SignedTokens;
import io.sluice.sharing.query.SharingProtocol.Asked;
import io.sluice.sharing.wire.ResponseFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The texts by which an answer goes on: to its next page, or to fresh URLs of the same files. Each is good for whom it
 * was made, for the table and the question that it came from, and for the version that was answered.
 */
public final class QueryTokens {
    /** As in the reference server. */
    private static final Duration PAGE_LIFE = Duration.ofDays(3);

    private static final Duration REFRESH_LIFE = Duration.ofHours(1);

    private final SignedTokens pages;
    private final SignedTokens refreshes;
    private final Clock clock;

    public QueryTokens(byte[] secret, Clock clock) {
        this.pages = new SignedTokens(secret, "page");
        this.refreshes = new SignedTokens(secret, "refresh");
        this.clock = clock;
    }

    /**
     * What is asked, and by whom.
     *
     * @param question the identity of the query, or of the question for changes
     */
    record Question(String recipient, String share, String tableId, String question) {
        static Question of(Asked asked, String question) {
            return new Question(
                    asked.recipient().id().value(),
                    asked.found().share().share().id().value(),
                    asked.found().table().id(),
                    // Who gets other partitions asks another question.
                    asked.found().partitions().isAll()
                            ? question
                            : question
                                    + Digests.sha256(asked.found().partitions().toString()));
        }
    }

    /**
     * Where an answer stands.
     *
     * @param version which it is about, as the recipient was told it; for changes the last one
     * @param location where the files are listed from: the source, or a copy
     * @param placeVersion of the log there
     * @param logId of the table that the log is of: another one may take its place
     * @param files how many were listed before
     */
    record Place(long version, URI location, long placeVersion, String logId, long files, ResponseFormat format) {
        static Place beginning(RoutedTable routed, ResponseFormat format) {
            return new Place(
                    routed.version(),
                    routed.place().location(),
                    routed.snapshot().version(),
                    routed.snapshot().id(),
                    0,
                    format);
        }

        /** Throws when an answer that began there cannot go on in what was found. */
        RoutedTable require(RoutedTable found) {
            if (!found.snapshot().id().equals(logId)) throw refused("token");
            return found;
        }

        Place after(long more) {
            return new Place(version, location, placeVersion, logId, files + more, format);
        }
    }

    private record Content(Question question, Place place, long expiresAt) {}

    String nextPage(Question question, Place place) {
        return issue(pages, question, place, PAGE_LIFE);
    }

    String refresh(Question question, Place place) {
        return issue(refreshes, question, place.after(-place.files()), REFRESH_LIFE);
    }

    Place page(Question question, String token) {
        return open(pages, question, token, "pageToken");
    }

    Place refreshed(Question question, String token) {
        return open(refreshes, question, token, "refreshToken");
    }

    private String issue(SignedTokens kind, Question question, Place place, Duration life) {
        long expiresAt = clock.instant().plus(life).toEpochMilli();
        return kind.issue(Json.text(new Content(question, place, expiresAt)).getBytes(StandardCharsets.UTF_8));
    }

    /** One sentence for everything that is wrong: more would help only those who forge. */
    private Place open(SignedTokens kind, Question question, String token, String field) {
        Content content = kind.open(token).map(QueryTokens::read).orElseThrow(() -> refused(field));
        boolean isOver = !clock.instant().isBefore(Instant.ofEpochMilli(content.expiresAt()));
        if (isOver || !content.question().equals(question)) throw refused(field);
        return content.place();
    }

    private static Content read(byte[] body) {
        try {
            return Json.MAPPER.readValue(body, Content.class);
        } catch (JacksonException e) {
            throw new IllegalStateException("a token with a good MAC is not of ours", e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    static Failure refused(String field) {
        return Failure.invalid(
                "The %s is not good for this question: it has expired, or belongs to another one. Query the table anew.",
                field);
    }
}
