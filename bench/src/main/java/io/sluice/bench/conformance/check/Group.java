package io.sluice.bench.conformance.check;

/** The chapters of the protocol, in the order in which they are told. */
public enum Group {
    AUTHENTICATION("authentication"),
    LISTING("listing"),
    VERSION("version"),
    METADATA("metadata"),
    CAPABILITIES("file ids and capabilities"),
    QUERY("query"),
    PAGING("paging and refresh"),
    HINTS("limit and hints"),
    FORMATS("formats, deletion vectors, column mapping"),
    STREAMING("streaming"),
    CHANGES("change data feed"),
    ASYNC("asynchronous queries"),
    CREDENTIALS("temporary credentials"),
    ERRORS("errors and headers");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
