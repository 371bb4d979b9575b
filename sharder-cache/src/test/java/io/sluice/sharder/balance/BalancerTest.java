package io.sluice.sharder.balance;

import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sharder.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten pods of four servers each, 10 ms for a call: together they take 4,000 calls in a second. */
class BalancerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void twoChoicesKeepTheTailShorterThanChance() {
        Seeds.check(5, random -> {
            Duration chance = hall(random.nextLong(), atRandom(random.split()))
                    .run(MINUTE, 3600)
                    .percentile(0.99);
            Duration choice = hall(random.nextLong(), balanced(random.split(), pods(10)))
                    .run(MINUTE, 3600)
                    .percentile(0.99);

            assertThat(choice.multipliedBy(3)).isLessThan(chance.multipliedBy(2));
        });
    }

    @Test
    void aSlowPodGetsLess() {
        Seeds.check(5, random -> {
            Hall hall = hall(random.nextLong(), balanced(random.split(), pods(10)));
            hall.desk("p3").meanMillis = 50;

            hall.run(MINUTE, 2000);

            assertThat(hall.desk("p3").taken)
                    .isLessThan(hall.desk("p4").taken / 3)
                    .isPositive();
        });
    }

    @Test
    void aDeadPodIsLeftAloneForGrowingPausesAndComesBack() {
        Seeds.check(5, random -> {
            Hall hall = hall(random.nextLong(), balanced(random.split(), pods(10)));
            hall.run(MINUTE, 1000);
            hall.desk("p3").dead = true;

            hall.run(MINUTE, 1000);
            // 5 to be found out, those in flight, and then one for each of 6 returns: 1, 2, 4, 8, 16 and 32 s.
            assertThat(hall.failures()).isBetween(5, 20);

            hall.desk("p3").dead = false;
            hall.run(MINUTE.multipliedBy(3), 1000);
            assertThat(hall.failures()).isZero();
            hall.run(MINUTE, 1000);
            assertThat(hall.desk("p3").taken).isGreaterThan(hall.desk("p4").taken / 2);
        });
    }

    @Test
    void aFreshPodIsNotFlooded() {
        // Shows that a pod with an empty queue among busy ones gets no more than its warmth allows.
        Seeds.check(5, random -> {
            Balancer balancer = balancer(random.split(), "");
            List<Candidate> all = pods(10);
            Group[] group = {balancer.group(all.subList(0, 9), 0)};
            Hall hall = hall(random.nextLong(), now -> balancer.pick(group[0], now));
            hall.run(MINUTE, 3200);

            group[0] = balancer.group(all, hall.nowNanos());
            hall.run(Duration.ofSeconds(3), 3200);
            assertThat(hall.desk("p9").taken).isPositive().isLessThan(hall.desk("p4").taken / 2);

            hall.run(MINUTE, 3200);
            hall.run(MINUTE, 3200);
            assertThat(hall.desk("p9").taken).isGreaterThan(hall.desk("p4").taken / 2);
        });
    }

    @Test
    void theOwnZoneComesFirst() {
        Seeds.check(5, random -> {
            Hall hall =
                    hall(random.nextLong(), balanced(random.split(), zoned("home", "home", "home", "away", "away")));

            hall.run(MINUTE, 500);

            assertThat(hall.desk("p3").taken + hall.desk("p4").taken).isZero();
            assertThat(hall.desk("p0").taken).isPositive();
        });
    }

    @Test
    void aZoneWhoseEveryPodDiedIsLeftForTheOthers() {
        Seeds.check(5, random -> {
            Hall hall =
                    hall(random.nextLong(), balanced(random.split(), zoned("home", "home", "away", "away", "away")));
            hall.desk("p0").dead = true;
            hall.desk("p1").dead = true;

            hall.run(MINUTE, 500);

            assertThat(hall.failures()).isLessThan(40);
            assertThat(hall.desk("p2").taken).isGreaterThan(5000);
        });
    }

    @Test
    void aZoneThatLostPodsGivesAwayWhatTheOthersCannotTake() {
        // Two of four pods died: the two left have headroom for 1.4 times as much, so three calls in ten go elsewhere.
        Balancer balancer = balancer(new SplittableRandom(7), "home");
        List<Candidate> all = zoned("home", "home", "home", "home", "away", "away", "away", "away");
        Group group = balancer.group(all, 0);
        for (int i = 0; i < 2; i++) failUntilEjected(balancer, all.get(i));

        long away = IntStream.range(0, 10_000)
                .filter(i -> isIn(all.subList(4, 8), pickAndAnswer(balancer, group)))
                .count();

        assertThat(away).isBetween(2800L, 3200L);
    }

    @Test
    void aFullZoneLetsCallsGo() {
        Balancer balancer = balancer(new SplittableRandom(7), "home");
        List<Candidate> all = zoned("home", "away", "away");
        Group group = balancer.group(all, 0);

        int away = 0;
        for (int i = 0; i < 100; i++)
            if (balancer.pick(group, 1).pod() != all.get(0).pod()) away++;

        assertThat(away).isEqualTo(100 - BalanceTerms.STANDARD.fullAtInFlight());
    }

    @Test
    void aPodOfTwiceTheCapacityTakesTwiceTheCalls() {
        Balancer balancer = balancer(new SplittableRandom(7), "");
        Candidate big = new Candidate(pod("big"), "", 2);
        Group group = balancer.group(List.of(big, Candidate.of(pod("p0")), Candidate.of(pod("p1"))), 0);

        int toBig = 0;
        for (int i = 0; i < 400; i++) if (balancer.pick(group, 1).pod().equals(big.pod())) toBig++;

        assertThat(toBig).isBetween(190, 210);
    }

    @Test
    void ejectionNeverEmptiesTheSet() {
        Seeds.check(20, random -> {
            Balancer balancer = balancer(random.split(), "");
            List<Candidate> all = pods(1 + random.nextInt(5));
            Group group = balancer.group(all, 0);
            for (int call = 0; call < 500; call++)
                balancer.pick(group, call * 1_000_000L).done(Outcome.FAILED, call * 1_000_000L + 1000);

            long now = 500_000_000L;
            long ejected =
                    all.stream().filter(c -> balancer.isEjected(c.pod(), now)).count();
            assertThat(ejected).isEqualTo(all.size() / 2);
            // Even a slice whose only pods are ejected is still served by one of them.
            Candidate outcast = all.stream()
                    .filter(c -> balancer.isEjected(c.pod(), now))
                    .findFirst()
                    .orElse(all.get(0));
            assertThat(balancer.pick(balancer.group(List.of(outcast), now), now).pod())
                    .isEqualTo(outcast.pod());
        });
    }

    @Test
    void aPodThatFailsHalfItsCallsIsLeftAloneUnlessAllDo() {
        Balancer balancer = balancer(new SplittableRandom(7), "");
        List<Candidate> all = pods(4);
        for (Candidate candidate : all) alternate(balancer, candidate, 40);
        assertThat(all).noneMatch(c -> balancer.isEjected(c.pod(), 1));

        Balancer other = balancer(new SplittableRandom(7), "");
        Group good = other.group(all.subList(1, 4), 0);
        for (int i = 0; i < 100; i++) pickAndAnswer(other, good);
        alternate(other, all.get(0), 40);
        assertThat(other.isEjected(all.get(0).pod(), 1)).isTrue();
    }

    @Test
    void aCallThatTheCallerGaveUpSaysNothing() {
        Balancer balancer = balancer(new SplittableRandom(7), "");
        Group group = balancer.group(pods(2), 0);

        for (int i = 0; i < 100; i++) balancer.pick(group, 0).done(Outcome.ABANDONED, 1);

        assertThat(pods(2)).noneMatch(c -> balancer.isEjected(c.pod(), 1));
    }

    @Test
    void aPickEndsOnce() {
        Balancer balancer = balancer(new SplittableRandom(7), "");
        Group group = balancer.group(pods(1), 0);
        Pick pick = balancer.pick(group, 0);

        pick.done(Outcome.ANSWERED, 5);
        for (int i = 0; i < 10; i++) pick.done(Outcome.FAILED, 6);

        assertThat(balancer.isEjected(pod("p0"), 7)).isFalse();
        assertThatThrownBy(() -> balancer.pick(balancer.group(List.of(), 0), 0)).hasMessageContaining("nobody");
    }

    @Test
    void theSameSeedPicksTheSamePods() {
        List<Integer> once = takenBySeed(11);

        assertThat(takenBySeed(11)).isEqualTo(once);
        assertThat(takenBySeed(12)).isNotEqualTo(once);
    }

    @Test
    void manyThreadsPickAndNothingStaysInFlight() throws Exception {
        // Shows that the counts survive a race: afterwards two picks in a row find both pods idle, hence go one to
        // each.
        Balancer balancer = new Balancer(BalanceTerms.STANDARD, "", ThreadLocalRandom::current);
        Group group = balancer.group(pods(2), 0);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) threads.add(new Thread(() -> pickOften(balancer, group)));
        for (Thread thread : threads) thread.start();
        for (Thread thread : threads) thread.join();

        assertThat(balancer.pick(group, 1).pod())
                .isNotEqualTo(balancer.pick(group, 1).pod());
    }

    private static void pickOften(Balancer balancer, Group group) {
        for (int i = 0; i < 20_000; i++) balancer.pick(group, 0).done(Outcome.ANSWERED, 1);
    }

    private static List<Integer> takenBySeed(long seed) {
        Hall hall = hall(seed, balanced(new SplittableRandom(seed), pods(10))).run(MINUTE, 1000);
        return IntStream.range(0, 10).mapToObj(i -> hall.desk("p" + i).taken).toList();
    }

    private static Hall hall(long seed, Hall.Chooser chooser) {
        return new Hall(seed, chooser);
    }

    private static Hall.Chooser balanced(SplittableRandom random, List<Candidate> candidates) {
        Balancer balancer = balancer(random, "home");
        Group group = balancer.group(candidates, 0);
        return now -> balancer.pick(group, now);
    }

    /** Every group has one pod, so nothing is left to choose. */
    private static Hall.Chooser atRandom(SplittableRandom random) {
        Balancer balancer = balancer(random, "");
        List<Group> groups =
                pods(10).stream().map(c -> balancer.group(List.of(c), 0)).toList();
        return now -> balancer.pick(groups.get(random.nextInt(groups.size())), now);
    }

    private static Balancer balancer(SplittableRandom random, String zone) {
        return new Balancer(BalanceTerms.STANDARD, zone, () -> random);
    }

    private static List<Candidate> pods(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Candidate.of(pod("p" + i)))
                .toList();
    }

    private static List<Candidate> zoned(String... zones) {
        return IntStream.range(0, zones.length)
                .mapToObj(i -> new Candidate(pod("p" + i), zones[i], 1))
                .toList();
    }

    private static void failUntilEjected(Balancer balancer, Candidate candidate) {
        Group alone = balancer.group(List.of(candidate), 0);
        while (!balancer.isEjected(candidate.pod(), 1)) balancer.pick(alone, 0).done(Outcome.FAILED, 1);
    }

    private static void alternate(Balancer balancer, Candidate candidate, int calls) {
        Group alone = balancer.group(List.of(candidate), 0);
        for (int i = 0; i < calls; i++) balancer.pick(alone, 0).done(i % 2 == 0 ? Outcome.ANSWERED : Outcome.FAILED, 1);
    }

    private static Candidate pickAndAnswer(Balancer balancer, Group group) {
        Pick pick = balancer.pick(group, 1);
        pick.done(Outcome.ANSWERED, 2);
        return Candidate.of(pick.pod());
    }

    private static boolean isIn(List<Candidate> candidates, Candidate one) {
        return candidates.stream().anyMatch(c -> c.pod().equals(one.pod()));
    }
}
