package io.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a strict content security policy and a careful reader ask of the pages. */
class ConsoleFilesTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^#\"]+)\"|from \"([^\"]+)\"");

    @Test
    void thePageHasNoInlineScriptOrStyle() throws Exception {
        String page = Files.readString(folder().resolve("index.html"));

        assertThat(page).doesNotContainPattern("<script(?![^>]*src=)").doesNotContain("<style");
        assertThat(page).doesNotContainPattern("\\s(on[a-z]+|style)=");
    }

    @Test
    void nothingIsLoadedFromElsewhere() throws Exception {
        for (Path file : files()) {
            String text = Files.readString(file).replace("http://www.w3.org/2000/svg", "");
            assertThat(text).as(file.toString()).doesNotContainPattern("https?://|//[a-z]+\\.[a-z]|@import");
        }
    }

    @Test
    void everyReferenceLeadsToAFile() throws Exception {
        for (Path file : files()) {
            List<MatchResult> found =
                    REFERENCE.matcher(Files.readString(file)).results().toList();
            for (MatchResult reference : found) {
                String target = reference.group(1) != null ? reference.group(1) : reference.group(2);
                assertThat(file.resolveSibling(target))
                        .as("%s in %s", target, file)
                        .exists();
            }
        }
    }

    @Test
    void textFromTheServerIsNeverReadAsMarkup() throws Exception {
        for (Path file : files())
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContainPattern(
                            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new Function");
    }

    private static List<Path> files() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.toList();
        }
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ConsoleFilesTest.class.getResource("/META-INF/resources/ui"), "pages")
                .toURI());
    }
}
