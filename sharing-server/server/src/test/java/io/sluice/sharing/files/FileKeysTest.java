package io.sluice.sharing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileKeysTest {
    private static final URI ROOT = URI.create("s3://bucket/tables/t");

    @Test
    void pathsAreDecodedOnce() {
        assertThat(FileKeys.key(ROOT, "day=1/part%20%2541.parquet")).isEqualTo("day=1/part %41.parquet");
    }

    @Test
    void absolutePathsBelowTheRootAreKeysToo() {
        assertThat(FileKeys.key(ROOT, "s3://bucket/tables/t/a/b")).isEqualTo("a/b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../u/a",
                "a/../../u",
                "a/%2e%2e/%2E%2E/u",
                "s3://bucket/tables/t2/a",
                "s3://other/tables/t/a",
                "file:///tables/t/a",
                "/etc/passwd",
                "a//b",
                "",
                "./a",
                "%zz"
            })
    void filesElsewhereAreRefused(String path) {
        assertThatThrownBy(() -> FileKeys.key(ROOT, path)).isInstanceOf(Failure.class);
    }
}
