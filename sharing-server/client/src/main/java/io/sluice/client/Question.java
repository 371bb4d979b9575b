package io.sluice.client;

import java.net.http.HttpRequest;
import java.util.Optional;

/** One question about the files of a table, whose answer comes in pages. */
interface Question {
    /** Files on a page: what one round trip brings, and what is kept in memory. */
    int PAGE_FILES = 1_000;

    /** @param refreshToken of an earlier answer, whose files are wanted again with fresh URLs */
    HttpRequest first(Optional<String> refreshToken);

    HttpRequest page(String token);

    /** @param queryId of an answer that is to be fetched later */
    HttpRequest again(String queryId);
}
