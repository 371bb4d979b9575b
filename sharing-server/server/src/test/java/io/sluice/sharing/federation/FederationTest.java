package io.sluice.sharing.federation;

import static io.sluice.sharing.world.World.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.recipient.Admission;
import io.sluice.sharing.recipient.AuthenticationType;
import io.sluice.sharing.recipient.IpAccessList;
import io.sluice.sharing.recipient.NewRecipient;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.recipient.RecipientView;
import io.sluice.sharing.world.World;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FederationTest {
    private static final RecipientName ACME = RecipientName.of("acme");
    private static final PolicyName JOBS = new PolicyName("jobs");
    private static final String ISSUER = "https://login.example.org/tenant";
    private static final String AUDIENCE = "sluice";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void aRecipientThatBringsItsOwnTokens() {
        world = new World(folder);
        recipient("acme", Optional.empty());
    }

    @Test
    void aRecipientOfAnIdentityProviderHasNeitherTokenNorLink() {
        RecipientView view = world.recipients.get(ADMIN, ACME);

        assertThat(view.tokens()).isEmpty();
        assertThat(view.activationLink()).isEmpty();
        assertThat(view.expiresAt()).isEmpty();
        assertFails(FailureKind.INVALID, () -> world.recipients.rotateToken(ADMIN, ACME, Duration.ZERO));
    }

    @Test
    void theBearerThatAPolicyMeansIsTheRecipientAndNobodyElseIs() {
        policy("acme", "jobs", "sub", "etl");

        assertThat(enter(token(AUDIENCE, "sub", "etl"))).isEqualTo(ACME);
        assertUnknown(token(AUDIENCE, "sub", "ETL"));
        assertUnknown(token(AUDIENCE, "azp", "etl"));
        assertUnknown(token("another", "sub", "etl"));
        assertUnknown(world.identities.issue(ISSUER + "/", AUDIENCE, Map.of("sub", List.of("etl"))));
        assertUnknown("eyJ.forged.token");
    }

    @Test
    void aClaimMayHoldTheSubjectAmongOthers() {
        policy("acme", "jobs", "groups", "readers");

        assertThat(enter(world.identities.issue(
                        ISSUER, AUDIENCE, Map.of("groups", List.of("staff", "readers"), "sub", List.of("x")))))
                .isEqualTo(ACME);
    }

    @Test
    void aPolicyThatIsChangedOrDeletedEndsAccessAtOnce() {
        policy("acme", "jobs", "sub", "etl");
        String token = token(AUDIENCE, "sub", "etl");
        enter(token);

        world.policies.update(ADMIN, ACME, JOBS, new PolicyPatch(Optional.of("c"), Optional.of(oidc("sub", "other"))));
        assertUnknown(token);
        String other = token(AUDIENCE, "sub", "other");
        enter(other);

        world.policies.delete(ADMIN, ACME, JOBS);
        assertUnknown(other);
        assertFails(FailureKind.NOT_FOUND, () -> world.policies.get(ADMIN, ACME, JOBS));
    }

    @Test
    void aBearerOfTwoRecipientsIsNeither() {
        recipient("other", Optional.empty());
        policy("acme", "jobs", "sub", "etl");
        policy("acme", "again", "sub", "etl");
        enter(token(AUDIENCE, "sub", "etl"));

        policy("other", "jobs", "sub", "etl");

        assertUnknown(token(AUDIENCE, "sub", "etl"));
    }

    @Test
    void theRecipientsEndAndAddressesHoldForItsTokensToo() throws Exception {
        recipient("brief", Optional.of(world.clock.instant().plus(Duration.ofHours(1))));
        policy("brief", "jobs", "sub", "etl");
        String token = token(AUDIENCE, "sub", "etl");
        enter(token);

        world.admitFrom("brief", "203.0.113.0/24");
        assertFails(FailureKind.DENIED, () -> enter(token));
        world.client = InetAddress.getByName("203.0.113.1");
        enter(token);

        world.clock.pass(Duration.ofHours(1));
        assertUnknown(token);
        world.moveEnd("brief", world.clock.instant().plus(Duration.ofHours(1)));
        enter(token);
    }

    @Test
    void policiesAreManagedByWhoeverManagesTheRecipientPageByPage() {
        for (String name : List.of("c", "a", "b")) policy("acme", name, "sub", name);

        var first = world.policies.list(ADMIN, ACME, page("2", Optional.empty()));
        var rest = world.policies.list(ADMIN, ACME, page("2", first.nextToken()));

        assertThat(first.items()).extracting(policy -> policy.name().value()).containsExactly("a", "b");
        assertThat(rest.items()).extracting(policy -> policy.name().value()).containsExactly("c");
        assertThat(rest.nextToken()).isEmpty();
        assertFails(FailureKind.ALREADY_EXISTS, () -> policy("acme", "a", "sub", "x"));
        assertFails(FailureKind.DENIED, () -> world.policies.list("eve", ACME, page("2", Optional.empty())));
        assertFails(FailureKind.DENIED, () -> world.policies.delete("eve", ACME, new PolicyName("a")));
        world.recipients.delete(ADMIN, ACME);
        assertUnknown(token(AUDIENCE, "sub", "a"));
    }

    @Test
    void withoutAudiencesATokenMustBeMadeForUs() {
        FederationPolicy policy = world.policies.create(
                ADMIN, ACME, new NewPolicy(Optional.empty(), Optional.empty(), ISSUER, List.of(), "sub", "etl"));

        assertThat(policy.oidc().audiences()).containsExactly(world.base + "/delta-sharing");
        assertThat(policy.name().value()).isEqualTo(policy.id());
        enter(token(world.base + "/delta-sharing", "sub", "etl"));
    }

    @Test
    void aRecipientWithATokenOfOursHasNoPolicies() {
        world.reader("plain");
        assertFails(FailureKind.INVALID, () -> policy("plain", "jobs", "sub", "etl"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "login.example.org",
                "http://login.example.org",
                "https://",
                "https://u@login.example.org",
                "https://login.example.org?x=1",
                "ftp://localhost",
                "file:///etc/passwd",
                "https://a b"
            })
    void anIssuerThatOthersCouldAnswerForIsRefused(String issuer) {
        assertFails(FailureKind.INVALID, () -> new OidcPolicy(issuer, List.of("a"), "sub", "x"));
    }

    private void recipient(String name, Optional<Instant> until) {
        world.recipients.create(
                ADMIN,
                new NewRecipient(
                        RecipientName.of(name),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        new Admission(AuthenticationType.OIDC_FEDERATION, IpAccessList.EVERYWHERE, until)));
    }

    private void policy(String recipient, String name, String claim, String subject) {
        world.policies.create(
                ADMIN,
                RecipientName.of(recipient),
                new NewPolicy(Optional.of(name), Optional.empty(), ISSUER, List.of(AUDIENCE), claim, subject));
    }

    private static OidcPolicy oidc(String claim, String subject) {
        return new OidcPolicy(ISSUER, List.of(AUDIENCE), claim, subject);
    }

    private String token(String audience, String claim, String value) {
        return world.identities.issue(ISSUER, audience, Map.of(claim, List.of(value)));
    }

    private RecipientName enter(String token) {
        return world.authentication.authenticate(Optional.of("Bearer " + token)).name();
    }

    private static PageRequest page(String size, Optional<String> token) {
        return PageRequest.ofManagement(Optional.of(size), token);
    }

    private void assertUnknown(String token) {
        assertFails(FailureKind.UNAUTHENTICATED, () -> enter(token));
    }

    private static void assertFails(FailureKind kind, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
