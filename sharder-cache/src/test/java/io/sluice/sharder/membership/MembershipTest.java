package io.sluice.sharder.membership;

import static io.sluice.sharder.membership.PodSighting.Standing.NOT_READY;
import static io.sluice.sharder.membership.PodSighting.Standing.READY;
import static io.sluice.sharder.membership.PodSighting.Standing.TERMINATING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.sharder.membership.PodSighting.Standing;
import io.sluice.sharder.membership.PodSighting.Workload;
import io.sluice.sharder.membership.Replacements.Pair;
import io.sluice.sharder.testkit.Eventually;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final Optional<Workload> CATALOG = Optional.of(new Workload("catalog", Optional.empty()));
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Sightings sightings = new Sightings();
    private final Replacements replacements = new Replacements();
    private final List<Pair> pairs = new ArrayList<>();
    private long nowNanos;

    @Test
    void newsAreToldOnceAndInOrder() {
        assertThat(kinds(see("a", NOT_READY, CATALOG), see("a", NOT_READY, CATALOG), see("a", READY, CATALOG)))
                .containsExactly("APPEARED", "", "READY");
        assertThat(kinds(see("a", NOT_READY, CATALOG), see("a", TERMINATING, CATALOG)))
                .containsExactly("NOT_READY", "TERMINATING");
        // A view that is late does not revive it.
        assertThat(see("a", READY, CATALOG)).isEmpty();
        assertThat(sightings.gone("a")).isPresent();
        assertThat(sightings.gone("a")).isEmpty();
    }

    @Test
    void aSurgePodThatWasReadyBeforeTakesThePlaceOfTheOneThatEnds() {
        see("old", READY, CATALOG);
        see("new", NOT_READY, CATALOG);
        see("new", READY, CATALOG);

        see("old", TERMINATING, CATALOG);

        assertThat(pairs)
                .extracting(p -> p.leaving().id(), p -> p.coming().id())
                .containsExactly(tuple("old", "new"));
    }

    @Test
    void aPodThatComesAfterTheOldOneEndedTakesItsPlaceToo() {
        see("old", READY, CATALOG);
        see("old", TERMINATING, CATALOG);
        see("new", NOT_READY, CATALOG);
        assertThat(pairs).isEmpty();

        see("new", READY, CATALOG);

        assertThat(pairs)
                .extracting(p -> p.leaving().id(), p -> p.coming().id())
                .containsExactly(tuple("old", "new"));
    }

    @Test
    void aPodThatStoodThereAllAlongReplacesNobody() {
        for (String pod : List.of("a", "b", "c")) see(pod, READY, CATALOG);

        see("a", TERMINATING, CATALOG);

        assertThat(pairs).isEmpty();
    }

    @Test
    void severalAtATimeArePairedOneToOne() {
        for (String pod : List.of("old1", "old2", "old3")) see(pod, READY, CATALOG);
        for (String pod : List.of("new1", "new2")) {
            see(pod, NOT_READY, CATALOG);
            see(pod, READY, CATALOG);
        }
        for (String pod : List.of("old1", "old2", "old3")) see(pod, TERMINATING, CATALOG);

        assertThat(pairs)
                .extracting(p -> p.leaving().id(), p -> p.coming().id())
                .containsExactly(tuple("old1", "new1"), tuple("old2", "new2"));
    }

    @Test
    void anOrdinalIsReplacedByItsOwnNextLifeOnly() {
        Optional<Workload> zero = Optional.of(new Workload("catalog", Optional.of(0)));
        Optional<Workload> one = Optional.of(new Workload("catalog", Optional.of(1)));
        see("first life of 0", READY, zero);
        see("first life of 0", TERMINATING, zero);
        see("second life of 1", NOT_READY, one);
        see("second life of 1", READY, one);
        assertThat(pairs).isEmpty();

        see("second life of 0", NOT_READY, zero);
        see("second life of 0", READY, zero);

        assertThat(pairs)
                .extracting(p -> p.leaving().id(), p -> p.coming().id())
                .containsExactly(tuple("first life of 0", "second life of 0"));
    }

    @Test
    void aPodOfAnotherWorkloadOrOfYesterdayIsNoReplacement() {
        see("old", READY, CATALOG);
        see("stranger", NOT_READY, Optional.of(new Workload("sharing", Optional.empty())));
        see("stranger", READY, Optional.of(new Workload("sharing", Optional.empty())));
        see("early", NOT_READY, CATALOG);
        see("early", READY, CATALOG);
        nowNanos += 11 * MINUTE;

        see("old", TERMINATING, CATALOG);

        assertThat(pairs).isEmpty();
    }

    @Test
    void dnsIsAskedInTimeAndTellsWhoCameAndWent() {
        List<List<String>> answers = new ArrayList<>(List.of(
                List.of("10.0.0.1", "10.0.0.2"), List.of("10.0.0.2", "10.0.0.3"), List.of("10.0.0.2", "10.0.0.3")));
        DnsMembers dns = new DnsMembers(List.of("catalog"), name -> answers.remove(0), Duration.ofSeconds(5), 0);

        assertThat(told(dns.advance(0))).containsExactly("READY 10.0.0.1", "READY 10.0.0.2");
        assertThat(dns.advance(4_999_999_999L)).isEmpty();
        assertThat(answers).hasSize(2);
        assertThat(told(dns.advance(5_000_000_000L))).containsExactly("READY 10.0.0.3", "GONE 10.0.0.1");
        assertThat(dns.advance(10_000_000_000L)).isEmpty();
    }

    @Test
    void aNameServiceThatFailsOnceTakesNobodyAway() {
        boolean[] fails = {false};
        DnsMembers dns = new DnsMembers(
                List.of("catalog"),
                name -> {
                    if (fails[0]) throw new UnknownHostException(name);
                    return List.of("10.0.0.1");
                },
                Duration.ofSeconds(5),
                0);
        dns.advance(0);
        fails[0] = true;

        assertThat(dns.advance(5_000_000_000L)).isEmpty();
        assertThat(dns.advance(10_000_000_000L)).isEmpty();
        assertThat(told(dns.advance(15_000_000_000L))).containsExactly("GONE 10.0.0.1");
    }

    @Test
    void ofAListOfNamesOneThatStandsForNobodyTakesNoOtherAway() {
        Map<String, List<String>> answers = new HashMap<>(
                Map.of("pod-a", List.of("10.0.0.1"), "pod-b", List.of("10.0.0.2"), "pod-c", List.of("10.0.0.2")));
        DnsMembers dns = new DnsMembers(
                List.of("pod-a", "pod-b", "pod-c"),
                name -> {
                    if (!answers.containsKey(name)) throw new UnknownHostException(name);
                    return answers.get(name);
                },
                Duration.ofSeconds(5),
                0);
        assertThat(told(dns.advance(0))).containsExactly("READY 10.0.0.1", "READY 10.0.0.2");
        answers.remove("pod-a");

        assertThat(dns.advance(5_000_000_000L)).isEmpty();
        assertThat(dns.advance(10_000_000_000L)).isEmpty();
        assertThat(told(dns.advance(15_000_000_000L))).containsExactly("GONE 10.0.0.1");
    }

    @Test
    void aLookoutByNamesTellsWhatItFindsUntilItIsClosed() {
        List<PodNotice> told = new CopyOnWriteArrayList<>();
        AtomicInteger questions = new AtomicInteger();
        DnsLookout lookout = new DnsLookout(
                List.of("sluice"),
                name -> List.of("10.0.0." + Math.min(3, questions.incrementAndGet())),
                Duration.ofMillis(1));

        try (Lookout.Watching watching = lookout.watch(told::add)) {
            Eventually.holds(() -> told.size() == 5);
            assertThat(watching).isNotNull();
        }

        assertThat(told(told))
                .containsExactly(
                        "READY 10.0.0.1", "READY 10.0.0.2", "GONE 10.0.0.1", "READY 10.0.0.3", "GONE 10.0.0.2");
    }

    @Test
    void theJvmFindsThisVeryMachine() throws Exception {
        assertThat(HostLookup.JVM.lookup("127.0.0.1")).containsExactly("127.0.0.1");
    }

    @Test
    void aZoneThatBecomesKnownIsNewsToo() {
        PodSighting pod = new PodSighting("a", "a", "10.0.0.1", "", READY, CATALOG);
        PodSighting located = new PodSighting("a", "a", "10.0.0.1", "eu-1a", READY, CATALOG);
        sightings.see(pod);

        assertThat(sightings.see(located)).contains(new PodNotice(PodNotice.Kind.LOCATED, located));
        assertThat(sightings.see(located)).isEmpty();
    }

    private Optional<PodNotice> see(String id, Standing standing, Optional<Workload> workload) {
        Optional<PodNotice> notice = sightings.see(new PodSighting(id, id, "10.0.0.1", "", standing, workload));
        notice.flatMap(n -> replacements.on(n, nowNanos)).ifPresent(pairs::add);
        return notice;
    }

    @SafeVarargs
    private static List<String> kinds(Optional<PodNotice>... notices) {
        return Arrays.stream(notices)
                .map(n -> n.map(it -> it.kind().name()).orElse(""))
                .toList();
    }

    private static List<String> told(List<PodNotice> notices) {
        return notices.stream().map(n -> n.kind() + " " + n.pod().host()).toList();
    }
}
