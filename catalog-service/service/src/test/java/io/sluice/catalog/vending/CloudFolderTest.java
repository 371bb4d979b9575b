package io.sluice.catalog.vending;

import static io.sluice.catalog.vending.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.vending.CloudFolder.Cloud;
import io.sluice.model.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A location either has one reading, by which it is confined, or is not confined at all. */
class CloudFolderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://lake/retail/orders",
                "gs://lake/retail/orders",
                "abfss://lake@lakeacct.dfs.core.windows.net/retail/orders",
                "s3://lake/it's/a*b/$x/ünï"
            })
    void aFolderIsWrittenAsItWasRead(String location) {
        assertThat(CloudFolder.parse(location).text()).isEqualTo(location);
        assertThat(CloudFolder.parse(location + "/")).isEqualTo(CloudFolder.parse(location));
    }

    @Test
    void theAccountAndTheContainerOfAzureAreToldApart() {
        assertThat(CloudFolder.parse("abfss://lake@lakeacct.dfs.core.windows.net/a"))
                .isEqualTo(new CloudFolder(Cloud.AZURE, "lake", "lakeacct", "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://lake/a%2Fb",
                "s3://lake/a%41",
                "s3://lake/a//b",
                "s3://lake/a/../b",
                "s3://lake/./b",
                "s3://lake/a//",
                "s3://lake/a?b",
                "s3://lake/a#b",
                "s3://lake/a\\b",
                "s3://lake/a\nb",
                "s3://lake/a\u2028b",
                "s3://lake/half \ud800 a character",
                "s3://la*ke/a",
                "abfss://lake@lakeacct.evil.example/a",
                "abfss://lake@lakeacct.dfs.core.windows.net@evil/a"
            })
    void whatCanBeReadInTwoWaysIsRefused(String location) {
        assertRefused(FailureKind.INVALID, () -> CloudFolder.parse(location));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://lake", "s3://lake/", "S3://lake/a", "s3a://lake/a", "wasbs://c@a/x", "lake/a"})
    void aWholeBucketAndOtherKindsOfStoresAreNotServed(String location) {
        assertRefused(FailureKind.UNSUPPORTED, () -> CloudFolder.parse(location));
    }
}
