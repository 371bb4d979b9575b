package io.sluice.catalog.vending;

import static io.sluice.catalog.vending.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a credential of the catalog says, in Unity Catalog's words. */
class StorageIdentityTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'aws_iam_role':{'role_arn':'arn:aws-cn:iam::123456789012:role/a/b','external_id':'x',"
                        + "'unity_catalog_iam_arn':null}}",
                "{'azure_service_principal':{'directory_id':'d-1','application_id':'a-1'}}",
                "{'azure_managed_identity':{'access_connector_id':'/subscriptions/1/c','managed_identity_id':null}}",
                "{'databricks_gcp_service_account':{'email':'lake@project.iam.gserviceaccount.com'}}",
                "{'s3_compatible':{'store':'minio'}}"
            })
    void eachKindIsWrittenAsItWasRead(String text) throws Exception {
        ObjectNode credential = json(text);
        StorageIdentity identity = StorageIdentity.of(credential);
        assertThat(identity.toWire()).isEqualTo(credential.get(identity.wireName()));
    }

    @Test
    void secretsAreNotTakenAndNotRepeated() {
        assertRefused(
                        FailureKind.INVALID,
                        () -> StorageIdentity.of(
                                json("{'azure_service_principal':{'directory_id':'d','application_id':'a',"
                                        + "'client_secret':'hunter2'}}")))
                .hasMessageContaining("sluice.vending.secrets")
                .hasMessageNotContaining("hunter2");
        assertRefused(
                        FailureKind.INVALID,
                        () -> StorageIdentity.of(
                                json("{'cloudflare_api_token':{'access_key_id':'a','secret_access_key':'hunter2'}}")))
                .hasMessageContaining("sluice.stores.NAME")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'s3_compatible':{'store':'a'},'databricks_gcp_service_account':{'email':'a@b'}}",
                "{'aws_iam_role':{'role_arn':'arn:aws:iam::1:user/a','external_id':'x'}}",
                "{'azure_service_principal':{'directory_id':'../evil','application_id':'a'}}",
                "{'azure_service_principal':{'directory_id':'d','application_id':'../../etc/passwd'}}",
                "{'azure_managed_identity':{'managed_identity_id':'not a resource'}}",
                "{'databricks_gcp_service_account':{'email':'../a@b'}}",
                "{'databricks_gcp_service_account':{}}",
                "{'s3_compatible':'minio'}"
            })
    void whatIsNoKindOrLeadsElsewhereIsRefused(String text) {
        assertRefused(FailureKind.INVALID, () -> StorageIdentity.of(json(text)));
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
