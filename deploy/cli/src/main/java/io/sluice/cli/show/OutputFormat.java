package io.sluice.cli.show;

/** For people, for programs, for spreadsheets. Lower case because that is how it is typed. */
public enum OutputFormat {
    table,
    json,
    csv
}
