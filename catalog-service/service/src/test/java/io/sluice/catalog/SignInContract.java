package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.access.FakeIssuer;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Tokens.IssuedToken;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Issuers, sessions and secrets, on each database. */
abstract class SignInContract {
    private static final String ANN = "ann@example.com";

    private FakeIssuer issuer;
    private World world;

    abstract StoreUrl freshStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        issuer = new FakeIssuer();
        world = World.trusting(freshStore(), issuer);
    }

    @AfterEach
    void close() {
        world.close();
        issuer.close();
    }

    @Test
    void anIssuersTokenOpensTheCatalogForAKnownUser() {
        world.user(ANN);
        assertThat(callerOf(issuer.token(ANN))).isEqualTo(new Caller(ANN));
    }

    @Test
    void anIssuersTokenOpensNothingForSomebodyWhoWasNeverAdded() {
        assertRefused(() -> callerOf(issuer.token(ANN)));
        assertRefused(() -> world.governance.signIn().exchange(issuer.token(ANN)));
    }

    @Test
    void aUserWhoIsSwitchedOffIsRefusedAtOnceAndComesBack() {
        Caller ann = world.user(ANN);
        String token = issuer.token(ANN);
        callerOf(token);
        String id = world.governance.principals().me(ann).id();

        world.governance.principals().describe(World.ADMIN, id, UserRecord.Kind.PERSON, null, false);
        assertRefused(() -> callerOf(token));
        world.governance.principals().describe(World.ADMIN, id, UserRecord.Kind.PERSON, null, true);
        assertThat(callerOf(token)).isEqualTo(ann);
    }

    @Test
    void theOwnerOfTheMetastoreCannotBeSwitchedOff() {
        String id = world.governance.principals().me(World.ADMIN).id();
        assertKind(
                FailureKind.INVALID,
                () -> world.governance.principals().describe(World.ADMIN, id, UserRecord.Kind.PERSON, null, false));
    }

    @Test
    void whatIsGrantedToAGroupReachesWhomTheIssuerCountsIn() {
        world.user(ANN);
        world.catalog("retail");
        world.governance.groups().create(World.ADMIN, "analysts", List.of());
        world.governance
                .permissions()
                .update(
                        World.ADMIN,
                        SecurableType.CATALOG,
                        "retail",
                        List.of(new GrantChange("analysts", Set.of(Privilege.USE_CATALOG), Set.of())));
        EntityName retail = EntityName.of("retail");

        assertKind(FailureKind.DENIED, () -> world.governance.catalogs().get(callerOf(issuer.token(ANN)), retail));
        Caller analyst = callerOf(tokenWithGroups("analysts"));
        assertThat(world.governance.catalogs().get(analyst, retail)).isNotNull();
    }

    @Test
    void aGroupNamedByTheIssuerCannotPassForAUser() {
        world.user(ANN);
        assertThat(callerOf(tokenWithGroups(World.ADMIN.name())).groups()).isEmpty();
    }

    @Test
    void aSessionKeepsTheGroupsThatTheIssuerNamed() {
        world.user(ANN);
        world.governance.groups().create(World.ADMIN, "analysts", List.of());
        IssuedToken session = world.governance.signIn().exchange(tokenWithGroups("analysts"));
        assertThat(callerOf(session.token()).groups()).containsExactly("analysts");
    }

    @Test
    void aSessionEndsBySigningOutAndNoLaterThanTheTokenItWasGivenFor() {
        world.user(ANN);
        JwtClaims claims = issuer.claims(
                ANN, System.currentTimeMillis() - Duration.ofMinutes(50).toMillis());
        IssuedToken session = world.governance.signIn().exchange(issuer.sign(claims));
        assertThat(session.record().expiresAt())
                .isLessThanOrEqualTo(
                        System.currentTimeMillis() + Duration.ofMinutes(11).toMillis());
        assertThat(callerOf(session.token()).name()).isEqualTo(ANN);

        world.governance.signIn().out(session.token());
        assertRefused(() -> callerOf(session.token()));
    }

    @Test
    void signingOutDoesNotRevokeAPersonalToken() {
        world.governance.signIn().out(world.adminToken);
        assertThat(callerOf(world.adminToken)).isEqualTo(World.ADMIN);
    }

    @Test
    void aSecretOpensNothingButIsExchangedForASession() {
        UserRecord service = world.governance.principals().createService(World.ADMIN, "nightly load");
        IssuedToken secret = world.governance.tokens().issueSecret(World.ADMIN, service.id(), Duration.ofHours(2));

        assertRefused(() -> callerOf(secret.token()));
        IssuedToken session = world.governance.signIn().withSecret(service.name(), secret.token());
        assertThat(callerOf(session.token()).name()).isEqualTo(service.name());
        assertThat(session.record().kind()).isEqualTo(TokenRecord.Kind.SESSION);
    }

    @Test
    void aSecretIsGoodForItsOwnServiceAndOnlyUntilItIsRevoked() {
        UserRecord one = world.governance.principals().createService(World.ADMIN, "one");
        UserRecord other = world.governance.principals().createService(World.ADMIN, "other");
        IssuedToken secret = world.governance.tokens().issueSecret(World.ADMIN, one.id(), Duration.ofHours(2));
        assertRefused(() -> world.governance.signIn().withSecret(other.name(), secret.token()));

        String secretId = secret.record().id();
        assertKind(
                FailureKind.NOT_FOUND, () -> world.governance.tokens().revokeSecret(World.ADMIN, other.id(), secretId));
        world.governance.tokens().revokeSecret(World.ADMIN, one.id(), secretId);
        assertRefused(() -> world.governance.signIn().withSecret(one.name(), secret.token()));
    }

    @Test
    void sessionsOfADeletedServiceEndWithIt() {
        UserRecord service = world.governance.principals().createService(World.ADMIN, "nightly load");
        IssuedToken secret = world.governance.tokens().issueSecret(World.ADMIN, service.id(), Duration.ofHours(2));
        IssuedToken session = world.governance.signIn().withSecret(service.name(), secret.token());

        world.governance.principals().delete(World.ADMIN, service.id(), UserRecord.Kind.SERVICE);
        assertRefused(() -> callerOf(session.token()));
    }

    @Test
    void onlyAnAdminMakesServicesAndSecrets() {
        Caller ann = world.user(ANN);
        UserRecord service = world.governance.principals().createService(World.ADMIN, "nightly load");
        assertKind(FailureKind.DENIED, () -> world.governance.principals().createService(ann, "mine"));
        assertKind(
                FailureKind.DENIED,
                () -> world.governance.tokens().issueSecret(ann, service.id(), Duration.ofHours(1)));
    }

    @Test
    void theLastUseOfATokenIsKnownBeforeAndAfterItIsWrittenDown() {
        IssuedToken token =
                world.governance.tokens().issue(World.ADMIN, World.ADMIN.name(), "tool", Duration.ofHours(1));
        assertThat(lastUsed(token)).isFalse();
        callerOf(token.token());
        assertThat(lastUsed(token)).isTrue();
        world.governance.tokens().writeDownUses();
        assertThat(lastUsed(token)).isTrue();
    }

    private boolean lastUsed(IssuedToken token) {
        return world.governance.tokens().list(World.ADMIN).stream()
                .filter(used -> used.record().id().equals(token.record().id()))
                .anyMatch(used -> used.lastUsed().isPresent());
    }

    private String tokenWithGroups(String... groups) {
        JwtClaims claims = issuer.claims(ANN, System.currentTimeMillis());
        claims.setStringListClaim(World.GROUPS_CLAIM, groups);
        return issuer.sign(claims);
    }

    private Caller callerOf(String token) {
        return world.governance.authenticator().authenticate("Bearer " + token);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertKind(FailureKind.UNAUTHENTICATED, call);
    }

    private static void assertKind(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
