package io.sluice.bench.conformance;

/** A rule that the scripted server breaks, and the check that has to notice. */
enum Fault {
    TABLES_WITHOUT_TOKEN("Every call about a table is refused with 401 without a token"),
    PLAIN_TEXT_401("401 has a JSON body with errorCode and message"),
    NAMES_WITH_CASE("Names of shares are read without regard to case"),
    NEGATIVE_PAGES("A negative maxResults is refused with 400"),
    LIST_FORGETS_A_PAGE("maxResults=1 pages through all shares, each once"),
    VERSION_WITH_BODY("version answers no body"),
    THIRD_METADATA_LINE("metadata answers exactly two lines: protocol and metaData"),
    JSON_CONTENT_TYPE("A query is sent as application/x-ndjson; charset=utf-8, with Delta-Table-Version"),
    LOUD_CAPABILITIES("Who takes both is told in the answer's header which format it has"),
    UNASKED_LAST_LINE("Without being asked for, no endStreamAction is sent"),
    BROKEN_PROMISE("includeendstreamaction=true is promised in the answer's header exactly if the line is sent"),
    NO_PARQUET("URLs work without the token, answer ranges, and begin and end as Parquet does"),
    OPEN_FILES("A URL that was changed at its end opens nothing"),
    CRASHES("Nothing in this run was answered with 500 or above"),
    PAGES_LOSE_A_FILE("Pages of one file each tell every file once"),
    UNSIGNED_PAGE_TOKENS("A page token that was changed is refused with 400"),
    HINTS_LOSE_FILES("A predicate on a partition keeps all files of that partition"),
    LIMIT_BEFORE_PREDICATE("A predicate is applied before the limit"),
    BREAKS_OFF("Every table that is listed is answered as a whole, or refused with 400 or 403");

    final String noticedBy;

    Fault(String noticedBy) {
        this.noticedBy = noticedBy;
    }
}
