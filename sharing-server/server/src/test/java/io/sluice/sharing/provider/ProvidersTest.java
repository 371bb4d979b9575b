package io.sluice.sharing.provider;

import static io.sluice.sharing.world.World.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.recipient.AuthenticationType;
import io.sluice.sharing.wire.ProviderJson;
import io.sluice.sharing.world.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
    private static final ProviderName ACME = ProviderName.of("acme");
    private static final String USER = "user@example.org";
    private static final String STRANGER = "stranger@example.org";
    private static final String TOKEN = "very-secret-token";
    private static final String PROFILE =
            "{\"shareCredentialsVersion\":1,\"endpoint\":\"https://acme.example/sharing/\",\"bearerToken\":\"" + TOKEN
                    + "\"}";
    private static final String OAUTH =
            "{\"shareCredentialsVersion\":2,\"type\":\"oauth_client_credentials\",\"endpoint\":\"https://acme.example\","
                    + "\"tokenEndpoint\":\"https://login.example/token\",\"clientId\":\"us\",\"clientSecret\":\""
                    + TOKEN
                    + "\"}";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void anEmptyWorld() {
        world = new World(folder);
    }

    @Test
    void aProviderIsMadeShownChangedAndDeleted() {
        Provider made = create("Acme", PROFILE);
        assertThat(made.name()).isEqualTo(ACME);
        assertThat(made.owner()).isEqualTo(ADMIN);
        assertThat(made.profile().endpoint()).isEqualTo("https://acme.example/sharing");
        assertThat(world.providers.get(ADMIN, ACME)).isEqualTo(made);

        Provider changed = world.providers.update(
                ADMIN,
                ACME,
                ProviderJson.patch(
                        bytes("{\"new_name\":\"other\",\"owner\":\"%s\",\"comment\":\"c\"}".formatted(STRANGER))));
        assertThat(changed.id()).isEqualTo(made.id());
        assertThat(world.providers.get(STRANGER, ProviderName.of("other"))).isEqualTo(changed);
        assertFails(FailureKind.NOT_FOUND, () -> world.providers.get(ADMIN, ACME));

        world.providers.delete(STRANGER, ProviderName.of("other"));
        assertThat(world.providers.list(ADMIN, all()).items()).isEmpty();
        assertThat(world.work.audit)
                .extracting("action")
                .containsExactly("createProvider", "updateProvider", "deleteProvider");
        assertThat(world.work.audit).noneMatch(entry -> entry.toString().contains(TOKEN));
    }

    @Test
    void aProviderWhoseSharesAreMountedIsNeitherDeletedNorRenamed() {
        create("acme", PROFILE);
        world.catalogsOverProviders = List.of("acme_sales");

        assertThatThrownBy(() -> world.providers.delete(ADMIN, ACME))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("acme_sales");
        assertFails(
                FailureKind.INVALID,
                () -> world.providers.update(ADMIN, ACME, ProviderJson.patch(bytes("{\"new_name\":\"other\"}"))));
        world.providers.update(ADMIN, ACME, ProviderJson.patch(bytes("{\"new_name\":\"ACME\",\"comment\":\"c\"}")));

        world.catalogsOverProviders = List.of();
        world.providers.delete(ADMIN, ACME);
        assertFails(FailureKind.NOT_FOUND, () -> world.providers.get(ADMIN, ACME));
    }

    @Test
    void theTokenIsSealedInTheDatabaseAndNeverShown() {
        // Shows that no column and no answer holds the token, and that the vault still opens it.
        Provider made = create("acme", PROFILE);

        String dump = world.work.read(connection -> {
            StringBuilder text = new StringBuilder();
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT * FROM sharing_provider")) {
                while (rows.next())
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++)
                        text.append(rows.getString(i)).append('\n');
            }
            return text.toString();
        });

        assertThat(dump).contains("https://acme.example/sharing").doesNotContain(TOKEN);
        assertThat(made.toString() + ProviderJson.provider(made)).doesNotContain(TOKEN);
        ProviderProfile opened = vault().open(made);
        assertThat(opened.credential().secret()).isEqualTo(TOKEN);
        assertThat(opened.credential() + "").doesNotContain(TOKEN);
    }

    @Test
    void aSealedProfileOpensForItsOwnProviderOnly() {
        // Shows that a row whose profile was swapped for another's does not open.
        Provider acme = create("acme", PROFILE);
        Provider other = create("other", OAUTH);
        Provider swapped =
                new Provider(acme.id(), acme.name(), ADMIN, acme.comment(), other.profile(), acme.authorship());

        assertThatThrownBy(() -> vault().open(swapped)).hasMessageContaining("does not open");
    }

    @Test
    void aNewProfileReplacesTheOldAndBringsItsOwnKind() {
        Provider made = create("acme", PROFILE);
        assertThat(made.profile().type()).isEqualTo(AuthenticationType.TOKEN);

        Provider changed = world.providers.update(
                ADMIN,
                ACME,
                new ProviderPatch(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(ProviderProfile.parse(OAUTH))));

        assertThat(changed.profile().type()).isEqualTo(AuthenticationType.OAUTH_CLIENT_CREDENTIALS);
        assertThat(changed.profile().version()).isEqualTo(2);
        assertThat(vault().open(changed).endpoint()).hasToString("https://acme.example");
        assertFails(
                FailureKind.INVALID,
                () -> world.providers.update(
                        ADMIN, ACME, ProviderJson.patch(bytes("{\"authentication_type\":\"TOKEN\"}"))));
    }

    @Test
    void onlyOwnersAndAdministratorsManageAndUsersLook() {
        create("acme", PROFILE);

        assertThat(world.providers.get(USER, ACME).name()).isEqualTo(ACME);
        assertThat(world.providers.list(USER, all()).items()).hasSize(1);
        assertThat(world.providers.list(STRANGER, all()).items()).isEmpty();
        assertFails(FailureKind.DENIED, () -> world.providers.get(STRANGER, ACME));
        assertFails(FailureKind.DENIED, () -> world.providerShares.shares(STRANGER, ACME, all()));
        assertFails(FailureKind.DENIED, () -> world.providers.delete(USER, ACME));
        assertFails(FailureKind.DENIED, () -> world.providers.update(USER, ACME, ProviderJson.patch(bytes("{}"))));
        assertFails(FailureKind.DENIED, () -> world.providers.create(USER, wanted("b", PROFILE)));
        assertFails(FailureKind.ALREADY_EXISTS, () -> create("ACME", PROFILE));
    }

    @Test
    void theListComesPageByPage() {
        for (String name : new String[] {"c", "a", "b"}) create(name, PROFILE);

        var first = world.providers.list(ADMIN, PageRequest.ofManagement(Optional.of("2"), Optional.empty()));
        var second = world.providers.list(ADMIN, PageRequest.ofManagement(Optional.of("2"), first.nextToken()));

        assertThat(first.items())
                .extracting(provider -> provider.name().value())
                .containsExactly("a", "b");
        assertThat(second.items())
                .extracting(provider -> provider.name().value())
                .containsExactly("c");
        assertThat(second.nextToken()).isEmpty();
    }

    @Test
    void profilesThatWouldSendTheTokenInTheClearOrNowhereAreRefused() {
        assertRefused("nonsense " + TOKEN);
        assertRefused("{}");
        assertRefused(PROFILE.replace(":1,", ":3,"));
        assertRefused(PROFILE.replace("https://", "http://"));
        assertRefused(PROFILE.replace("https://", "https://user:word@"));
        assertRefused(PROFILE.replace("https://", "ftp://"));
        assertRefused(PROFILE.replace(TOKEN, TOKEN + "\\r\\nX: y"));
        assertRefused(PROFILE.replace(TOKEN, "t".repeat(5000)));
        assertRefused(OAUTH.replace("https://login", "http://login"));
        assertRefused(PROFILE.replace("}", ",\"expirationTime\":\"2001-01-01T00:00:00Z\"}"));
        assertFails(FailureKind.UNSUPPORTED, () -> create("b", OAUTH.replace("oauth_client_credentials", "basic")));
        assertFails(
                FailureKind.UNSUPPORTED,
                () -> ProviderJson.newProvider(bytes(
                        "{\"name\":\"b\",\"authentication_type\":\"DATABRICKS\",\"recipient_profile_str\":\"{}\"}")));
        assertThat(create("local", PROFILE.replace("https://acme.example", "http://127.0.0.1:8080"))
                        .profile()
                        .endpoint())
                .isEqualTo("http://127.0.0.1:8080/sharing");
    }

    private void assertRefused(String profile) {
        assertThatThrownBy(() -> create("b", profile))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.INVALID))
                .hasMessageNotContaining(TOKEN)
                .hasNoCause();
    }

    private Provider create(String name, String profile) {
        return world.providers.create(ADMIN, wanted(name, profile));
    }

    private static NewProvider wanted(String name, String profile) {
        return new NewProvider(
                ProviderName.of(name), Optional.empty(), Optional.empty(), ProviderProfile.parse(profile));
    }

    private ProfileVault vault() {
        return new ProfileVault(world.kms, () -> "local-kms://provider-profiles");
    }

    private static PageRequest all() {
        return PageRequest.ofManagement(Optional.empty(), Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertFails(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
