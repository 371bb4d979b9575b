package io.sluice.sharing.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.sharing.recipient.IpAccessList;
import io.sluice.sharing.share.SharePatch;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "nonsense",
                "{} {}",
                "{\"limitHint\":-1}",
                "{\"limitHint\":\"1\"}",
                "{\"limitHint\":1.5}",
                "{\"version\":-1}",
                "{\"maxFiles\":0}",
                "{\"predicateHints\":\"a\"}",
                "{\"predicateHints\":[1]}",
                "{\"jsonPredicateHints\":{}}",
                "{\"version\":1,\"timestamp\":\"t\"}",
                "{\"version\":1,\"includeRefreshToken\":true}",
                "{\"pageToken\":\"p\",\"refreshToken\":\"r\"}"
            })
    void contradictionsAndWrongTypesInAQueryAreInvalid(String body) {
        assertFails(FailureKind.INVALID, () -> query(body));
    }

    @Test
    void columnsAreForViewsWhichAreNotServed() {
        assertFails(FailureKind.UNSUPPORTED, () -> query("{\"requestedColumns\":[\"a\"]}"));
    }

    @Test
    void aQueryIsTheSameQueryOnItsNextPage() {
        assertThat(query("{\"limitHint\":5,\"maxFiles\":10}").identity())
                .isEqualTo(query("{\"maxFiles\":3,\"pageToken\":\"p\",\"limitHint\":5}")
                        .identity())
                .isNotEqualTo(query("{\"limitHint\":6,\"maxFiles\":10}").identity());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"limitHint\":null}",
                "{\"maxFiles\":null,\"includeHistoricalProtocol\":false}",
                "{\"somethingNew\":1}",
                "{\"predicateHints\":[],\"queryId\":\"q\"}"
            })
    void anEmptyQueryIsAQuery(String body) {
        QueryRequest request = query(body);

        assertThat(request.limitHint()).isEmpty();
        assertThat(request.version()).isEmpty();
        assertThat(request.wantsLastLine()).isFalse();
        assertThat(request.predicateHints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"responseformat=iceberg|UNSUPPORTED", "responseformat=iceberg,avro|UNSUPPORTED"})
    void oneFormatAskedMeansObeyOrFail(String header, FailureKind kind) {
        assertFails(kind, () -> Capabilities.parse(Optional.of(header), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "responseformat=parquet",
                "ResponseFormat = PARQUET ; x",
                "responseformat=",
                "readerfeatures=deletionvectors"
            })
    void parquetIsTheFormatUnlessOnlyOthersAreAsked(String header) {
        assertThat(Capabilities.parse(Optional.of(header), Optional.empty()).formats())
                .containsExactly(ResponseFormat.PARQUET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "md5", "parquet,delta"})
    void unknownFileIdSchemesAreInvalid(String header) {
        assertFails(FailureKind.INVALID, () -> Capabilities.parse(Optional.empty(), Optional.of(header)));
    }

    @Test
    void failuresHaveTheProtocolsStatusAndCode() {
        assertThat(SharingErrors.of(Failure.notFound(Failure.Subject.ANYTHING, "m")))
                .isEqualTo(new SharingErrors.Answer(404, "RESOURCE_DOES_NOT_EXIST", "m"));
        assertThat(SharingErrors.of(Failure.invalid("m")).status()).isEqualTo(400);
        assertThat(SharingErrors.of(Failure.unsupported("m")).errorCode()).isEqualTo("UNSUPPORTED_OPERATION");
        assertThat(SharingErrors.of(Failure.unauthenticated("m")).status()).isEqualTo(401);
        assertThat(SharingErrors.of(Failure.unavailable(null, "m")).status()).isEqualTo(503);
        assertThat(SharingErrors.of(new KeyRevokedException("scope", "m")).errorCode())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(SharingErrors.of(new IllegalStateException("inner secret")).message())
                .doesNotContain("secret");
        assertThat(SharingErrors.of(Failure.invalid("a \"b\"")).body("r-1"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(
                        "{\"errorCode\":\"INVALID_PARAMETER_VALUE\",\"message\":\"a \\\"b\\\"\",\"requestId\":\"r-1\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"data_object_type\":\"VIEW\"",
                "\"data_object_type\":\"FUNCTION\"",
                "\"data_object_type\":\"NOTEBOOK_FILE\"",
                "\"content\":\"x\"",
                "\"string_shared_as\":\"x\""
            })
    void conditionsOnATableThatAreNotServedAreRefused(String field) {
        assertFails(FailureKind.UNSUPPORTED, () -> patch(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"shared_as\":\"x.y\"", "\"start_version\":3", "\"partitions\":[{\"values\":[]}]"})
    void whatHoldsForSingleTablesIsRefusedForASchema(String field) {
        assertFails(FailureKind.UNSUPPORTED, () -> schemaPatch(field));
    }

    @Test
    void aSchemaIsNamedByTwoPartsAndMayHaveAnotherNameForRecipients() {
        SharePatch patch = schemaPatch("\"string_shared_as\":\"Shop\",\"history_data_sharing_status\":\"ENABLED\"");

        assertThat(patch.changes()).singleElement().isInstanceOfSatisfying(SharePatch.AddSchema.class, add -> {
            assertThat(add.schema()).hasToString("main.a");
            assertThat(add.wish().sharedAs()).hasValue("shop");
            assertThat(add.wish().versions()).hasValue(true);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"values\":[]}",
                "{\"values\":[{\"op\":\"EQUAL\",\"value\":\"1\"}]}",
                "{\"values\":[{\"name\":\"a\",\"op\":\"NOT\",\"value\":\"1\"}]}",
                "{\"values\":[{\"name\":\"a\",\"op\":\"LIKE\"}]}",
                "{\"values\":[{\"name\":\"a\",\"op\":\"EQUAL\",\"value\":\"1\",\"recipient_property_key\":\"k\"}]}"
            })
    void partitionsThatMakeNoSenseAreInvalid(String partition) {
        assertFails(FailureKind.INVALID, () -> patch("\"partitions\":[" + partition + "]"));
    }

    @Test
    void anUnknownConditionIsInvalidAndAnEmptyOneSaysNothing() {
        assertFails(FailureKind.INVALID, () -> patch("\"row_filter\":\"x\""));

        SharePatch patch = patch("\"shared_as\":\"X.Y\",\"partitions\":[],\"cdf_enabled\":false,"
                + "\"history_data_sharing_status\":\"DISABLED\",\"status\":\"ACTIVE\",\"added_at\":1");

        assertThat(patch.changes()).singleElement().isInstanceOfSatisfying(SharePatch.Add.class, add -> {
            assertThat(add.table()).hasToString("main.a.b");
            assertThat(add.wish().sharedAs())
                    .hasValueSatisfying(name -> assertThat(name).hasToString("x.y"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"r\",\"authentication_type\":\"DATABRICKS\"}",
                "{\"name\":\"r\",\"sharing_code\":\"x\"}"
            })
    void limitsOnARecipientThatAreNotServedAreRefused(String body) {
        assertFails(FailureKind.UNSUPPORTED, () -> RecipientJson.newRecipient(bytes(body)));
    }

    @Test
    void anEmptyAccessListSaysNothing() {
        assertThat(RecipientJson.newRecipient(bytes("{\"name\":\"R\",\"ip_access_list\":{\"allowed_ip_addresses\":[]},"
                                + "\"properties_kvpairs\":{\"properties\":{\"sluice.region\":\"aws:x\"}}}"))
                        .properties())
                .containsEntry("sluice.region", "aws:x");
        assertThat(RecipientJson.newRecipient(bytes(
                                "{\"name\":\"R\",\"ip_access_list\":{\"allowed_ip_addresses\":[\"10.0.0.0/8\"]}}"))
                        .admission()
                        .addresses()
                        .texts())
                .containsExactly("10.0.0.0/8");
        assertThat(RecipientJson.patch(bytes("{\"ip_access_list\":{}}")).addresses())
                .isEmpty();
        assertThat(RecipientJson.patch(bytes("{\"ip_access_list\":{\"allowed_ip_addresses\":[]}}"))
                        .addresses())
                .contains(IpAccessList.EVERYWHERE);
        assertFails(FailureKind.INVALID, () -> RecipientJson.newRecipient(bytes("{\"name\":\"a b\"}")));
        assertFails(FailureKind.INVALID, () -> RecipientJson.newRecipient(bytes("{}")));
        assertFails(FailureKind.INVALID, () -> RecipientJson.grace(bytes("{}")));
    }

    private static SharePatch patch(String field) {
        return ShareJson.patch(
                bytes("{\"updates\":[{\"action\":\"ADD\",\"data_object\":{\"name\":\"main.a.b\"," + field + "}}]}"));
    }

    private static SharePatch schemaPatch(String field) {
        return ShareJson.patch(bytes("{\"updates\":[{\"action\":\"ADD\",\"data_object\":{\"name\":\"main.a\","
                + "\"data_object_type\":\"SCHEMA\"," + field + "}}]}"));
    }

    private static QueryRequest query(String body) {
        return QueryRequest.parse(bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertFails(FailureKind kind, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
