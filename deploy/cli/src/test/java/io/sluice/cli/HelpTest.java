package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.Shell.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks from the help of the program to the help of each verb, as a newcomer would, and reads every page. */
class HelpTest {
    private static final Pattern LISTED = Pattern.compile("^  ([a-z]+)(?:, [a-z]+)* {2,}.*$");
    private static final Pattern EXAMPLE = Pattern.compile("Example: (?:source <\\()?sluice ([a-z ]+)");

    private final Shell shell;

    HelpTest(@TempDir Path home) {
        shell = new Shell(home);
    }

    @Test
    void everyCommandHasHelpWithAnExampleOfItself() {
        for (List<String> command : commands()) {
            String page = help(command).out();
            String words = String.join(" ", command);
            assertThat(page).startsWith(("Usage: sluice " + words).stripTrailing());
            Matcher example = EXAMPLE.matcher(page);
            assertThat(example.find()).as(page).isTrue();
            assertThat(example.group(1)).startsWith(words);
        }
    }

    @Test
    void everyVerbTakesTheSameOptions() {
        for (List<String> command : commands()) {
            String page = help(command).out();
            boolean isVerb = !page.contains("Commands:") && !command.equals(List.of("completion"));
            if (isVerb) assertThat(page).contains("--output=", "--profile=", "--server=");
        }
    }

    @Test
    void whatDestroysCanBeTriedAndWantsAYes() {
        for (List<String> command : commands()) {
            boolean destroys = List.of("delete", "revoke", "drop").contains(command.isEmpty() ? "" : last(command));
            // A profile is forgotten on this machine alone.
            if (destroys && !command.get(0).equals("profile"))
                assertThat(help(command).out()).as(command.toString()).contains("--dry-run", "--yes");
        }
    }

    @Test
    void noCommandTakesASecretAsAnArgument() {
        for (List<String> command : commands())
            assertThat(help(command).out())
                    .as(command.toString())
                    .doesNotContain("--token=", "--secret=", "--password");
    }

    @Test
    void theCompletionScriptKnowsNounsVerbsAndOptions() {
        Run bash = shell.run("completion", "bash");

        assertThat(bash.exit()).isZero();
        assertThat(bash.out())
                .startsWith("#!/usr/bin/env bash")
                .contains("undrop", "effective", "--dry-run", "compinit");
        assertThat(shell.run("completion", "zsh").out()).isEqualTo(bash.out());
        assertThat(shell.run("completion", "fish").exit()).isEqualTo(2);
    }

    private List<List<String>> commands() {
        List<List<String>> found = new ArrayList<>();
        found.add(List.of());
        for (int i = 0; i < found.size(); i++)
            for (String verb : listedIn(help(found.get(i)).out())) {
                List<String> command = new ArrayList<>(found.get(i));
                command.add(verb);
                found.add(command);
            }
        assertThat(found).contains(List.of("table", "undrop"), List.of("key", "revoke"), List.of("login"));
        return found;
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

    private Run help(List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.add("--help");
        Run run = shell.run(words.toArray(String[]::new));
        assertThat(run.exit()).as(words.toString()).isZero();
        assertThat(run.err()).isEmpty();
        return run;
    }

    private static String last(List<String> words) {
        return words.get(words.size() - 1);
    }
}
