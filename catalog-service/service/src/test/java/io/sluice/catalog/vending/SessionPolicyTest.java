package io.sluice.catalog.vending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.model.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session opens its folder and nothing else, whatever the folder is called. */
class SessionPolicyTest {
    @Test
    void readersReadOneFolderAndListNothingBesideIt() throws Exception {
        JsonNode policy = policy(Access.READ, "s3://lake/retail/orders");
        assertThat(policy.at("/Statement/0/Resource").asText()).isEqualTo("arn:aws:s3:::lake/retail/orders/*");
        assertThat(policy.at("/Statement/0/Action").toString()).doesNotContain("Put", "Delete");
        assertThat(policy.at("/Statement/1/Condition/StringLike/s3:prefix").toString())
                .isEqualTo("[\"retail/orders\",\"retail/orders/*\"]");
    }

    @Test
    void writersAlsoPutAndDelete() throws Exception {
        assertThat(policy(Access.READ_WRITE, "s3://lake/retail/orders")
                        .at("/Statement/0/Action")
                        .toString())
                .contains("s3:PutObject", "s3:DeleteObject");
    }

    @Test
    void aStarOrAVariableInANameStandsForItself() throws Exception {
        JsonNode policy = policy(Access.READ, "s3://lake/a*b/%3F/$%7Baws:username%7D");
        assertThat(policy.at("/Statement/0/Resource").asText())
                .isEqualTo("arn:aws:s3:::lake/a${*}b/${?}/${$}{aws:username}/*");
    }

    @Test
    void aQuoteInANameDoesNotEndTheString() throws Exception {
        JsonNode policy = policy(Access.READ, "s3://lake/a%22%5D,%22Resource%22:%22*");
        assertThat(policy.path("Statement")).hasSize(2);
        assertThat(policy.at("/Statement/0/Resource").asText())
                .isEqualTo("arn:aws:s3:::lake/a\"],\"Resource\":\"${*}/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://lake", "s3://lake/", "s3://lake//"})
    void aWholeBucketIsNeverHandedOut(String location) {
        assertThatThrownBy(() -> SessionPolicy.of(Access.READ, Folder.parse(location), "aws")).isInstanceOf(Failure.class);
    }

    private static JsonNode policy(Access access, String location) throws Exception {
        return new ObjectMapper().readTree(SessionPolicy.of(access, Folder.parse(location), "aws"));
    }
}
