package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.access.FakeIssuer;
import io.sluice.catalog.govern.Catalogs.NewCatalog;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Metastores.Entry;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Schemas.NewSchema;
import io.sluice.catalog.record.MetastoreRecord;
import io.sluice.catalog.store.AuditRow;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.TableName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two organisations in one store, of which neither sees that there is the other. */
abstract class SeveralMetastoresContract {
    private static final String ACME_AUDIENCE = "sluice-of-acme";
    private static final TableName ORDERS = TableName.of("retail", "sales", "orders");

    private final FakeIssuer issuer = new FakeIssuer();
    private StoreUrl url;
    private World world;
    private Entry operator;
    private MetastoreRecord acme;
    private Entry boss;

    abstract StoreUrl freshStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        url = freshStore();
        world = World.trusting(
                url,
                metastore -> List.of(World.trusted(
                        issuer, metastore.map(name -> ACME_AUDIENCE).orElse(FakeIssuer.AUDIENCE))));
        operator = world.metastores.enter("Bearer " + world.adminToken);
        acme = world.metastores.open(operator, "acme", "boss@acme.example");
        boss = entered(tokenOf("boss@acme.example"));
    }

    @AfterEach
    void close() {
        world.close();
        issuer.close();
    }

    @Test
    void theTokenAloneSaysWhichMetastoreACallerWorksOn() {
        assertThat(operator.governance().principals().metastore().name()).isEqualTo("test");
        assertThat(boss.governance().principals().metastore().name()).isEqualTo("acme");
        assertThat(boss.caller()).isEqualTo(new Caller("boss@acme.example"));
        assertThat(boss.governance().principals().isAdmin(boss.caller())).isTrue();
    }

    @Test
    void oneNameMeansTwoThingsInTwoMetastores() {
        for (Entry each : List.of(operator, boss)) retail(each);
        String ours = idOf(operator, ORDERS);
        String theirs = idOf(boss, ORDERS);
        assertThat(theirs).isNotEqualTo(ours);

        boss.governance().tables().delete(boss.caller(), ORDERS);
        assertThat(idOf(operator, ORDERS)).isEqualTo(ours);
        assertKind(FailureKind.NOT_FOUND, () -> idOf(boss, ORDERS));
    }

    @Test
    void aUserOfOneMetastoreHoldsNothingInAnotherUnderTheSameName() {
        retail(operator);
        Entry ann = userOf(operator, "ann@example.com");
        Entry namesake = userOf(boss, "ann@example.com");
        for (var level : Map.of(SecurableType.CATALOG, "retail", SecurableType.SCHEMA, "retail.sales")
                .entrySet())
            operator.governance()
                    .permissions()
                    .update(
                            operator.caller(),
                            level.getKey(),
                            level.getValue(),
                            List.of(new GrantChange(
                                    ann.caller().name(),
                                    Set.of(Privilege.USE_CATALOG, Privilege.USE_SCHEMA, Privilege.SELECT),
                                    Set.of())));
        assertThat(idOf(ann, ORDERS)).isEqualTo(idOf(operator, ORDERS));
        assertKind(FailureKind.NOT_FOUND, () -> idOf(namesake, ORDERS));

        retail(boss);
        assertKind(FailureKind.DENIED, () -> idOf(namesake, ORDERS));
        assertThat(namesake.governance()
                        .catalogs()
                        .list(namesake.caller(), Page.Request.of(null, null))
                        .items())
                .isEmpty();
    }

    @Test
    void peopleGroupsAndTokensAreNotKnownNextDoor() {
        userOf(operator, "ann@example.com");
        operator.governance().groups().create(operator.caller(), "analysts", List.of());
        assertThat(boss.governance().principals().isUser("ann@example.com")).isFalse();
        assertThat(boss.governance().groups().list()).isEmpty();
        assertThat(boss.governance().tokens().list(boss.caller()))
                .allSatisfy(token -> assertThat(token.record().principal()).isEqualTo("boss@acme.example"));
        assertThat(boss.governance().groups().create(boss.caller(), "analysts", List.of()))
                .isNotNull();
        assertKind(
                FailureKind.NOT_FOUND,
                () -> boss.governance()
                        .tokens()
                        .revoke(
                                boss.caller(),
                                operator.governance()
                                        .tokens()
                                        .list(operator.caller())
                                        .get(0)
                                        .record()
                                        .id()));
    }

    @Test
    void eachMetastoreHasItsOwnAuditLog() {
        retail(boss);
        assertThat(actions(boss)).contains("createTable").doesNotContain("createMetastore");
        assertThat(actions(operator)).contains("createMetastore").doesNotContain("createTable");
        assertThat(boss.governance().auditLog().newest(boss.caller(), 1_000))
                .allSatisfy(row -> assertThat(row.accountId()).isEqualTo(acme.id()));
    }

    @Test
    void onlyWhoOperatesTheServerOpensAndDeletesMetastores() {
        Entry ann = userOf(operator, "ann@example.com");
        for (Entry other : List.of(ann, boss)) {
            assertKind(FailureKind.DENIED, () -> world.metastores.open(other, "mine", null));
            assertKind(FailureKind.DENIED, () -> world.metastores.close(other, acme.id(), true));
            assertKind(
                    FailureKind.DENIED,
                    () -> world.metastores.issueToken(other, acme.id(), "boss@acme.example", "", Duration.ofHours(1)));
        }
        assertThat(world.metastores.list(ann)).extracting(MetastoreRecord::name).containsExactly("test");
        assertThat(world.metastores.list(boss))
                .extracting(MetastoreRecord::name)
                .containsExactly("acme");
        assertThat(world.metastores.list(operator))
                .extracting(MetastoreRecord::name)
                .containsExactly("test", "acme");
        assertKind(
                FailureKind.NOT_FOUND,
                () -> world.metastores.get(
                        boss, operator.governance().principals().metastore().id()));
    }

    @Test
    void twoMetastoresOfOneNameAreRefused() {
        assertKind(FailureKind.ALREADY_EXISTS, () -> world.metastores.open(operator, "acme", null));
        assertKind(FailureKind.ALREADY_EXISTS, () -> world.metastores.open(operator, "test", null));
        assertKind(FailureKind.INVALID, () -> world.metastores.open(operator, "../acme", null));
    }

    @Test
    void anIssuerVouchesForTheMetastoreWhoseAudienceTheTokenNames() {
        userOf(operator, "ann@example.com");
        String ours = issuer.sign(issuer.claims("ann@example.com", System.currentTimeMillis()));
        assertThat(entered(ours).governance()).isSameAs(operator.governance());

        var claims = issuer.claims("boss@acme.example", System.currentTimeMillis());
        claims.setAudience(ACME_AUDIENCE);
        String theirs = issuer.sign(claims);
        assertThat(entered(theirs).governance()).isSameAs(boss.governance());
        assertThat(entered(world.metastores.of(theirs).signIn().exchange(theirs).token())
                        .governance())
                .isSameAs(boss.governance());

        claims.setAudience("somebody-else");
        assertKind(FailureKind.UNAUTHENTICATED, () -> entered(issuer.sign(claims)));
    }

    @Test
    void aLocationOfAnotherMetastoreIsTakenAndNotNamed() {
        retail(operator);
        boss.governance().catalogs().create(boss.caller(), new NewCatalog("retail", null, Map.of(), null, null));
        boss.governance().schemas().create(boss.caller(), new NewSchema("retail", "sales", null, Map.of(), null));
        assertThatThrownBy(() ->
                        boss.governance().tables().create(boss.caller(), World.newTable("retail", "sales", "orders")))
                .hasMessageContaining("another metastore")
                .hasMessageNotContaining("table orders");
    }

    @Test
    void aDeletedMetastoreLetsNobodyIn() {
        retail(boss);
        assertKind(FailureKind.INVALID, () -> world.metastores.close(operator, acme.id(), false));
        String token = tokenOf("boss@acme.example");
        world.metastores.close(operator, acme.id(), true);
        assertKind(FailureKind.UNAUTHENTICATED, () -> entered(token));
        assertThat(world.metastores.list(operator)).hasSize(1);

        acme = world.metastores.open(operator, "acme", "boss@acme.example");
        boss = entered(tokenOf("boss@acme.example"));
        assertKind(FailureKind.UNAUTHENTICATED, () -> entered(token));
        assertThat(boss.governance()
                        .catalogs()
                        .list(boss.caller(), Page.Request.of(null, null))
                        .items())
                .isEmpty();
        assertKind(
                FailureKind.INVALID,
                () -> world.metastores.close(
                        operator, operator.governance().principals().metastore().id(), true));
    }

    @Test
    void anOwnerGivesTheMetastoreAway() {
        Entry eve = userOf(boss, "eve@acme.example");
        assertKind(FailureKind.DENIED, () -> eve.governance().principals().giveTo(eve.caller(), "eve@acme.example"));
        boss.governance().principals().giveTo(boss.caller(), "eve@acme.example");
        assertThat(eve.governance().principals().isAdmin(eve.caller())).isTrue();
        assertThat(boss.governance().principals().isAdmin(boss.caller())).isFalse();
    }

    @Test
    void anotherPodFindsTheCallersOfEachMetastore() {
        String token = tokenOf("boss@acme.example");
        try (World follower = World.open(url, new OwnsNothing())) {
            assertThat(follower.metastores.enter("Bearer " + token).caller()).isEqualTo(boss.caller());
            MetastoreRecord second = world.metastores.open(operator, "second", "ceo@second.example");
            String ceo = world.metastores
                    .issueToken(operator, second.id(), "ceo@second.example", "", Duration.ofHours(1))
                    .token();
            Entry there = follower.metastores.enter("Bearer " + ceo);
            assertThat(there.governance().principals().metastore().id()).isEqualTo(second.id());

            world.metastores.close(operator, acme.id(), true);
            assertKind(FailureKind.UNAUTHENTICATED, () -> follower.metastores.enter("Bearer " + token));
        }
    }

    @Test
    void memoryAnswersForEachMetastoreWithItsOwnBodies() {
        for (Entry each : List.of(operator, boss)) {
            retail(each);
            each.governance().tables().get(each.caller(), ORDERS);
        }
        String ours = residentBody(world.adminToken);
        String theirs = residentBody(tokenOf("boss@acme.example"));
        assertThat(ours).contains(idOf(operator, ORDERS));
        assertThat(theirs).contains(idOf(boss, ORDERS));
        assertThat(world.metastores.residentBody("Bearer nobody's", ORDERS)).isNull();
    }

    private String residentBody(String token) {
        return new String(world.metastores.residentBody("Bearer " + token, ORDERS), StandardCharsets.UTF_8);
    }

    /** Each table in a folder of its own. */
    private void retail(Entry by) {
        Governance its = by.governance();
        its.catalogs().create(by.caller(), new NewCatalog("retail", null, Map.of(), null, null));
        its.schemas().create(by.caller(), new NewSchema("retail", "sales", null, Map.of(), null));
        var table = World.newTable("retail", "sales", "orders");
        its.tables()
                .create(
                        by.caller(),
                        by == operator ? table : World.newTableAt(ORDERS, "file:///acme/retail/sales/orders"));
    }

    private static String idOf(Entry by, TableName name) {
        return by.governance().tables().get(by.caller(), name).table().id();
    }

    private Entry userOf(Entry admin, String name) {
        admin.governance().principals().createUser(admin.caller(), name, name);
        return entered(admin.governance()
                .tokens()
                .issue(admin.caller(), name, "", Duration.ofHours(1))
                .token());
    }

    private String tokenOf(String user) {
        return world.metastores
                .issueToken(operator, acme.id(), user, "", Duration.ofHours(1))
                .token();
    }

    private Entry entered(String token) {
        return world.metastores.enter("Bearer " + token);
    }

    private static List<String> actions(Entry by) {
        return by.governance().auditLog().newest(by.caller(), 1_000).stream()
                .map(AuditRow::actionName)
                .toList();
    }

    private static void assertKind(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
