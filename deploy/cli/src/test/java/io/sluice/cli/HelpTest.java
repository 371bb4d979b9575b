package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.Shell.Run;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks from the help of the program to the help of each verb, as a newcomer would, and reads every page. */
class HelpTest {
    private static final Pattern LISTED = Pattern.compile("^  ([a-z]+)(?:, [a-z]+)* {2,}.*$");
    private static final Pattern EXAMPLE = Pattern.compile("Example: (?:source <\\()?sluice ([a-z ]+)");

    private static final Map<List<String>, String> PAGES = new LinkedHashMap<>();

    @TempDir
    private static Path home;

    @BeforeAll
    static void readAllPages() {
        Deque<List<String>> unread = new ArrayDeque<>(List.of(List.of()));
        while (!unread.isEmpty()) {
            List<String> command = unread.remove();
            String page = help(command);
            PAGES.put(command, page);
            for (String word : listedIn(page)) unread.add(joined(command, word));
        }
        assertThat(PAGES).containsKeys(List.of("table", "undrop"), List.of("key", "revoke"), List.of("login"));
    }

    @Test
    void everyCommandHasHelpWithAnExampleOfItself() {
        PAGES.forEach((command, page) -> {
            String words = String.join(" ", command);
            assertThat(page).startsWith(("Usage: sluice " + words).stripTrailing());
            Matcher example = EXAMPLE.matcher(page);
            assertThat(example.find()).as(page).isTrue();
            assertThat(example.group(1)).startsWith(words);
        });
    }

    @Test
    void everyVerbTakesTheSameOptions() {
        PAGES.forEach((command, page) -> {
            boolean isVerb = !page.contains("Commands:") && !command.equals(List.of("completion"));
            if (isVerb) assertThat(page).contains("--output=", "--profile=", "--server=");
        });
    }

    @Test
    void whatDestroysCanBeTriedAndWantsAYes() {
        PAGES.forEach((command, page) -> {
            boolean destroys =
                    command.size() == 2 && List.of("delete", "revoke", "drop").contains(command.get(1));
            // A profile is forgotten on this machine alone.
            if (destroys && !command.get(0).equals("profile"))
                assertThat(page).as(command.toString()).contains("--dry-run", "--yes");
        });
    }

    @Test
    void noCommandTakesASecretAsAnArgument() {
        PAGES.forEach((command, page) ->
                assertThat(page).as(command.toString()).doesNotContain("--token=", "--secret=", "--password"));
    }

    @Test
    void theCompletionScriptKnowsNounsVerbsAndOptions() {
        Shell shell = new Shell(home);
        Run bash = shell.run("completion", "bash");

        assertThat(bash.exit()).isZero();
        assertThat(bash.out())
                .startsWith("#!/usr/bin/env bash")
                .contains("undrop", "effective", "--dry-run", "compinit");
        assertThat(shell.run("completion", "zsh").out()).isEqualTo(bash.out());
        assertThat(shell.run("completion", "fish").exit()).isEqualTo(2);
    }

    private static List<String> listedIn(String page) {
        int start = page.indexOf("Commands:");
        if (start < 0) return List.of();
        return page.substring(start)
                .lines()
                .map(LISTED::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
    }

    private static String help(List<String> command) {
        Run run = new Shell(home).run(joined(command, "--help").toArray(String[]::new));
        assertThat(run.exit()).as(command.toString()).isZero();
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    private static List<String> joined(List<String> words, String last) {
        return Stream.concat(words.stream(), Stream.of(last)).toList();
    }
}
