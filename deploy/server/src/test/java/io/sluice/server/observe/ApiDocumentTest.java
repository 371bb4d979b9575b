package io.sluice.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/openapi.json to the resources: what they declare and read is what it lists. After a deliberate change, write
 * it anew with {@code -Dsluice.openapi.write=true} and read the difference.
 */
class ApiDocumentTest {
    private static final Path DOCUMENT = Path.of("../../docs/openapi.json");

    @Test
    void theDocumentListsWhatTheResourcesDeclare() throws Exception {
        List<Operation> operations = Operation.all();
        String made = ApiDocument.of(operations);
        if (Boolean.getBoolean("sluice.openapi.write")) Files.writeString(DOCUMENT, made);

        assertThat(operations).hasSizeGreaterThan(80);
        assertThat(Files.readString(DOCUMENT))
                .as("docs/openapi.json; run this test with -Dsluice.openapi.write=true")
                .isEqualTo(made);
    }

    @Test
    void noTwoResourcesAnswerAtOnePlace() {
        assertThat(Operation.all().stream().map(Operation::route)).doesNotHaveDuplicates();
    }
}
