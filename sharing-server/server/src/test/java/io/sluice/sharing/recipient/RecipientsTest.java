package io.sluice.sharing.recipient;

import static io.sluice.sharing.world.World.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.sharing.world.World;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipientsTest {
    private static final RecipientName ACME = RecipientName.of("acme");

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void anEmptyWorld() {
        world = new World(folder);
    }

    @Test
    void anActivatedTokenOpensTheDoorAndOthersDoNot() {
        World.Reader reader = world.reader("Acme");

        assertThat(world.authentication.authenticate(Optional.of("Bearer " + reader.bearer())))
                .isEqualTo(reader.recipient());
        assertThat(world.authentication.authenticate(Optional.of("bearer " + reader.bearer())))
                .isEqualTo(reader.recipient());
        assertUnknown(Optional.empty());
        assertUnknown(Optional.of(reader.bearer()));
        assertUnknown(Optional.of("Basic " + reader.bearer()));
        assertUnknown(Optional.of("Bearer " + reader.bearer() + "x"));
        assertUnknown(Optional.of("Bearer "));
    }

    @Test
    void noSecretIsInTheDatabase() throws Exception {
        // Shows that neither link nor bearer can be found in any column of the tokens, only their hashes.
        RecipientView view = create();
        String nonce = World.nonce(view.activationLink().orElseThrow());
        String bearer = world.activation.activate(nonce).secret();

        String dump = world.work.read(connection -> {
            StringBuilder text = new StringBuilder();
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT * FROM sharing_token")) {
                while (rows.next())
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++)
                        text.append(rows.getString(i)).append('\n');
            }
            return text.toString();
        });

        assertThat(bearer).startsWith("slr_");
        assertThat(dump).doesNotContain(bearer).doesNotContain(nonce);
        assertThat(dump)
                .contains(SecretHash.of(bearer).hex(), SecretHash.of(nonce).hex());
    }

    @Test
    void aLinkWorksOnce() {
        String nonce = World.nonce(create().activationLink().orElseThrow());
        world.activation.find(nonce);

        assertThat(world.activation.activate(nonce).endpoint()).endsWith("/delta-sharing");

        assertFails(FailureKind.NOT_FOUND, () -> world.activation.activate(nonce));
        assertFails(FailureKind.NOT_FOUND, () -> world.activation.find(nonce));
        assertFails(FailureKind.NOT_FOUND, () -> world.activation.activate("guess"));
    }

    @Test
    void ofManyCallersAtOnceOneGetsTheToken() throws Exception {
        String nonce = World.nonce(create().activationLink().orElseThrow());
        int callers = 8;
        CyclicBarrier together = new CyclicBarrier(callers);
        Callable<Boolean> call = () -> {
            together.await();
            try {
                world.activation.activate(nonce);
                return true;
            } catch (Failure failure) {
                return false;
            }
        };

        ExecutorService threads = Executors.newFixedThreadPool(callers);
        int winners = 0;
        try {
            List<Future<Boolean>> answers = threads.invokeAll(Collections.nCopies(callers, call));
            for (Future<Boolean> answer : answers) winners += answer.get() ? 1 : 0;
        } finally {
            threads.shutdownNow();
        }

        assertThat(winners).isEqualTo(1);
    }

    @Test
    void aLinkLivesForThreeDaysAndATokenForNinety() {
        String late = World.nonce(create().activationLink().orElseThrow());
        world.clock.pass(Recipients.LINK_LIFE);
        assertFails(FailureKind.NOT_FOUND, () -> world.activation.activate(late));

        World.Reader reader = world.reader("other");
        world.clock.pass(Recipients.TOKEN_LIFE.minusMillis(1));
        world.authentication.authenticate(Optional.of("Bearer " + reader.bearer()));
        world.clock.pass(Duration.ofMillis(1));
        assertUnknown(Optional.of("Bearer " + reader.bearer()));
    }

    @Test
    void rotationEndsTheOldTokenAfterItsGrace() {
        World.Reader reader = world.reader("acme");

        RecipientView rotated = world.recipients.rotateToken(ADMIN, ACME, Duration.ofMinutes(10));
        String next = world.activation
                .activate(World.nonce(rotated.activationLink().orElseThrow()))
                .secret();

        world.authentication.authenticate(Optional.of("Bearer " + reader.bearer()));
        world.clock.pass(Duration.ofMinutes(10));
        assertUnknown(Optional.of("Bearer " + reader.bearer()));
        world.authentication.authenticate(Optional.of("Bearer " + next));
    }

    @Test
    void graceOnlyShortensAndZeroEndsAtOnce() {
        World.Reader reader = world.reader("acme");
        world.recipients.rotateToken(ADMIN, ACME, Duration.ofMinutes(10));
        world.recipients.rotateToken(ADMIN, ACME, Duration.ofSeconds(Long.MAX_VALUE));

        world.clock.pass(Duration.ofMinutes(10));
        assertUnknown(Optional.of("Bearer " + reader.bearer()));

        World.Reader other = world.reader("other");
        world.recipients.rotateToken(ADMIN, RecipientName.of("other"), Duration.ZERO);
        assertUnknown(Optional.of("Bearer " + other.bearer()));
        assertFails(FailureKind.INVALID, () -> world.recipients.rotateToken(ADMIN, ACME, Duration.ofSeconds(-1)));
    }

    @Test
    void anUnusedLinkDiesWithTheNextRotation() {
        String first = World.nonce(create().activationLink().orElseThrow());

        world.recipients.rotateToken(ADMIN, ACME, Duration.ofHours(1));

        assertFails(FailureKind.NOT_FOUND, () -> world.activation.activate(first));
    }

    @Test
    void theLinkIsShownOnlyToWhoMadeIt() {
        create();

        assertThat(world.recipients.get(ADMIN, ACME).activationLink()).isEmpty();
        assertFails(FailureKind.DENIED, () -> world.recipients.get("eve", ACME));
        assertFails(FailureKind.DENIED, () -> world.recipients.rotateToken("eve", ACME, Duration.ZERO));
    }

    @Test
    void aDeletedRecipientIsUnknownAtOnce() {
        World.Reader reader = world.reader("acme");

        world.recipients.delete(ADMIN, ACME);

        assertUnknown(Optional.of("Bearer " + reader.bearer()));
        assertFails(FailureKind.NOT_FOUND, () -> world.recipients.get(ADMIN, ACME));
    }

    @Test
    void theRegionComesFromTheMetastoreIdElseFromAProperty() {
        var none = Optional.<String>empty();
        var metastore = Optional.of("aws:eu-west-1:7a1b0c7e-0000-4000-8000-000000000000");
        var property = Map.of(Recipient.REGION_PROPERTY, "azure:westeurope");
        world.recipients.create(ADMIN, new NewRecipient(ACME, none, none, metastore, property, Admission.BY_TOKEN));
        Recipient other = world.reader("other", property).recipient();

        assertThat(world.recipients.get(ADMIN, ACME).recipient().region())
                .hasValueSatisfying(region -> assertThat(region).hasToString("aws:eu-west-1"));
        assertThat(other.region())
                .hasValueSatisfying(region -> assertThat(region).hasToString("azure:westeurope"));
        assertFails(FailureKind.INVALID, () -> world.reader("third", Map.of(Recipient.REGION_PROPERTY, "nowhere")));
    }

    @Test
    void anAddressOutsideOfTheListOpensNothingAndIsNamed() throws Exception {
        // Shows that link and token are refused from elsewhere, that the link is not used up by that, and that a list
        // that was emptied lets in from everywhere again.
        String nonce = World.nonce(create().activationLink().orElseThrow());
        world.admitFrom("acme", "203.0.113.0/24", "2001:db8::/32");

        assertFails(FailureKind.DENIED, () -> world.activation.activate(nonce));
        world.client = InetAddress.getByName("203.0.113.9");
        String bearer = "Bearer " + world.activation.activate(nonce).secret();
        world.authentication.authenticate(Optional.of(bearer));

        world.client = InetAddress.getByName("198.51.100.7");
        assertThatThrownBy(() -> world.authentication.authenticate(Optional.of(bearer)))
                .hasMessageContaining("198.51.100.7");
        world.admitFrom("acme");
        world.authentication.authenticate(Optional.of(bearer));
    }

    @Test
    void aNewEndMovesTheTokenInForceAndNeverOneThatWasRotatedOut() {
        World.Reader old = world.reader("acme");
        RecipientView rotated = world.recipients.rotateToken(ADMIN, ACME, Duration.ofMinutes(10));
        String next = world.activation
                .activate(World.nonce(rotated.activationLink().orElseThrow()))
                .secret();

        Instant end = world.clock.instant().plus(Duration.ofDays(365));
        world.moveEnd("acme", end);

        assertThat(world.recipients.get(ADMIN, ACME).expiresAt()).contains(end);
        world.clock.pass(Duration.ofDays(200));
        world.authentication.authenticate(Optional.of("Bearer " + next));
        assertUnknown(Optional.of("Bearer " + old.bearer()));
        world.moveEnd("acme", world.clock.instant());
        assertUnknown(Optional.of("Bearer " + next));
    }

    private RecipientView create() {
        return world.recipients.create(
                ADMIN,
                new NewRecipient(
                        ACME, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Admission.BY_TOKEN));
    }

    private void assertUnknown(Optional<String> authorization) {
        assertFails(FailureKind.UNAUTHENTICATED, () -> world.authentication.authenticate(authorization));
    }

    private static void assertFails(FailureKind kind, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
