package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.sharing.AuthenticationType;
import com.databricks.sdk.service.sharing.CreateProvider;
import com.databricks.sdk.service.sharing.CreateRecipient;
import com.databricks.sdk.service.sharing.ListProviderShareAssetsRequest;
import com.databricks.sdk.service.sharing.ListProvidersRequest;
import com.databricks.sdk.service.sharing.ListSharesRequest;
import com.databricks.sdk.service.sharing.ProviderInfo;
import com.databricks.sdk.service.sharing.ProviderShare;
import com.databricks.sdk.service.sharing.RecipientInfo;
import com.databricks.sdk.service.sharing.Table;
import com.databricks.sdk.service.sharing.UpdateProvider;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.server.PackagedServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The consuming side through the client of Databricks, which nobody here wrote. The server is its own provider: it takes
 * in the profile that its demo hands to a recipient.
 */
class ProvidersIT {
    private static final String AUDIT = "/api/1.0/sluice/audit?max_results=1000";

    @TempDir
    private static Path data;

    private static PackagedServer server;
    private static WorkspaceClient databricks;
    private static String profile;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        server = PackagedServer.dev(data, "--port", "0");
        databricks = new WorkspaceClient(new DatabricksConfig()
                .setHost(server.uri().toString())
                .setToken(server.token())
                .setAuthType("pat"));
        profile = Files.readString(data.resolve("demo.share"));
        token = new ObjectMapper().readTree(profile).path("bearerToken").asText();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void aProviderIsMadeChangedListedAndDeletedAndItsTokenNeverShown() throws Exception {
        ProviderInfo made = create("partner");
        assertThat(made.getAuthenticationType()).isEqualTo(AuthenticationType.TOKEN);
        assertThat(made.getRecipientProfile().getShareCredentialsVersion()).isEqualTo(1);
        assertThat(made.getRecipientProfile().getEndpoint()).isEqualTo(server.uri() + "/delta-sharing");
        assertThat(made.getRecipientProfile().getBearerToken()).isNull();
        assertThat(made.getRecipientProfileStr()).isNull();
        assertThatThrownBy(() -> create("partner")).isInstanceOf(DatabricksError.class);

        databricks
                .providers()
                .update(new UpdateProvider()
                        .setName("partner")
                        .setNewName("partner-ltd")
                        .setComment("moved")
                        .setRecipientProfileStr(profile));
        ProviderInfo changed = databricks.providers().get("partner-ltd");
        assertThat(changed.getComment()).isEqualTo("moved");
        assertThat(changed.getCreatedAt()).isEqualTo(made.getCreatedAt());
        create("another");
        assertThat(databricks.providers().list(new ListProvidersRequest().setMaxResults(1L)))
                .extracting(ProviderInfo::getName)
                .contains("another", "partner-ltd");
        assertThat(databricks
                        .providers()
                        .list(new ListProvidersRequest().setDataProviderGlobalMetastoreId("aws:eu-west-1:x")))
                .isEmpty();

        databricks.providers().delete("partner-ltd");
        assertThatThrownBy(() -> databricks.providers().get("partner-ltd")).isInstanceOf(NotFound.class);
        Answer audit = server.get(AUDIT);
        assertThat(audit.body())
                .contains("createProvider", "updateProvider", "deleteProvider")
                .doesNotContain(token);
        assertThat(server.output()).doesNotContain(token);
    }

    @Test
    void sharesAndTablesOfTheProviderAreListed() {
        create("demo-provider");

        assertThat(databricks
                        .providers()
                        .listShares(
                                new ListSharesRequest().setName("demo-provider").setMaxResults(1L)))
                .extracting(ProviderShare::getName)
                .isNotEmpty()
                .allSatisfy(share -> assertThat(tablesOf("demo-provider", share, 0L))
                        .isNotEmpty()
                        .allSatisfy(table -> {
                            assertThat(table.getShare()).isEqualTo(share);
                            assertThat(table.getSchema()).isNotBlank();
                            assertThat(table.getName()).isNotBlank();
                        }));
        String share = databricks
                .providers()
                .listShares(new ListSharesRequest().setName("demo-provider"))
                .iterator()
                .next()
                .getName();
        assertThat(tablesOf("demo-provider", share, 1L)).hasSize(1);
        assertThatThrownBy(() -> tablesOf("demo-provider", "no-such-share", 0L)).isInstanceOf(NotFound.class);
    }

    @Test
    void anOAuthClientOfOursIsAProviderOfOurs() throws Exception {
        RecipientInfo recipient = databricks
                .recipients()
                .create(new CreateRecipient()
                        .setName("nightly")
                        .setAuthenticationType(AuthenticationType.OAUTH_CLIENT_CREDENTIALS));
        Answer oauth = server.as("none").get(recipient.getActivationUrl());
        ProviderInfo made = databricks
                .providers()
                .create(new CreateProvider()
                        .setName("by-oauth")
                        .setAuthenticationType(AuthenticationType.OAUTH_CLIENT_CREDENTIALS)
                        .setRecipientProfileStr(oauth.body()));
        assertThat(made.getRecipientProfile().getShareCredentialsVersion()).isEqualTo(2);

        assertThat(databricks.providers().listShares(new ListSharesRequest().setName("by-oauth")))
                .isEmpty();

        databricks.recipients().delete("nightly");
        Answer refused = server.get("/api/2.1/unity-catalog/providers/by-oauth/shares");
        assertThat(refused.status()).as(refused.body()).isEqualTo(502);
        assertThat(refused.json().path("error_code").asText()).isEqualTo("REFUSED_ELSEWHERE");
        assertThat(refused.json().path("message").asText()).contains("by-oauth", "401", "no longer");
    }

    private static ProviderInfo create(String name) {
        return databricks
                .providers()
                .create(new CreateProvider()
                        .setName(name)
                        .setAuthenticationType(AuthenticationType.TOKEN)
                        .setRecipientProfileStr(profile));
    }

    private static List<Table> tablesOf(String provider, String share, long most) {
        return List.copyOf(databricks
                .providers()
                .listProviderShareAssets(new ListProviderShareAssetsRequest()
                        .setProviderName(provider)
                        .setShareName(share)
                        .setTableMaxResults(most))
                .getTables());
    }
}
