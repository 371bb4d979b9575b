package io.sluice.client.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.internal.type.DataType.Struct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Many damaged versions of a file, the same ones in every run. */
final class Damage {
    static final int ROUNDS = 300;

    private Damage() {}

    /** How many are refused; the others are read. Fails for any other outcome. */
    static int refusals(byte[] file, Struct type, Path folder) throws IOException {
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = file.clone();
            for (int count = 1 + random.nextInt(3); count > 0; count--)
                damaged[random.nextInt(file.length)] = (byte) random.nextInt();
            try {
                ReadFile.rows(Files.write(folder.resolve("wrong.parquet"), damaged), type);
            } catch (UnreadableFileException e) {
                assertThat(e.getMessage()).isNotBlank();
                refused++;
            }
        }
        return refused;
    }
}
