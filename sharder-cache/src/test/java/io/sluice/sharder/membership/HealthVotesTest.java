package io.sluice.sharder.membership;

import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Resource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthVotesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Resource POD = pod("pod");
    private static final Resource C1 = pod("c1");
    private static final Resource C2 = pod("c2");
    private static final List<Resource> CLERKS = List.of(C1, C2, pod("c3"), pod("c4"));

    private final HealthVotes votes = new HealthVotes(Duration.ofSeconds(10));

    HealthVotesTest() {
        votes.watch(POD);
        for (Resource clerk : CLERKS) votes.admit(clerk);
    }

    @Test
    void votesAgainstAHealthyPodDoNotKillIt() {
        for (Resource clerk : CLERKS) votes.refused(POD, clerk, 0);

        assertThat(votes.isDead(POD, 0)).isFalse();
    }

    @Test
    void eachOneAloneIsNotEnoughAndAnyTwoAre() {
        for (int which = 0; which < 8; which++) {
            HealthVotes fresh = new HealthVotes(Duration.ofSeconds(10));
            fresh.watch(POD);
            fresh.admit(C1);
            if ((which & 1) != 0) fresh.streamBroke(POD);
            if ((which & 2) != 0) fresh.platform(POD, true);
            if ((which & 4) != 0) fresh.refused(POD, C1, 0);

            assertThat(fresh.isDead(POD, 0)).as("evidence " + which).isEqualTo(Integer.bitCount(which) >= 2);
        }
    }

    @Test
    void clerksNeedHalfOfAllOfThem() {
        votes.streamBroke(POD);
        votes.refused(POD, C1, 0);
        assertThat(votes.isDead(POD, 0)).isFalse();

        votes.refused(POD, C2, 0);
        assertThat(votes.isDead(POD, 0)).isTrue();
    }

    @Test
    void oneClerkHasOneVoteHoweverOftenItSpeaks() {
        votes.streamBroke(POD);

        for (int i = 0; i < 1000; i++) votes.refused(POD, C1, i);

        assertThat(votes.isDead(POD, 1000)).isFalse();
    }

    @Test
    void whoWasNotAdmittedHasNoVoteAndNobodyVotesOnItself() {
        votes.streamBroke(POD);
        votes.admit(POD);
        votes.refused(POD, pod("stranger"), 0);
        votes.refused(POD, pod("another stranger"), 0);
        votes.refused(POD, POD, 0);
        votes.refused(POD, C1, 0);

        assertThat(votes.isDead(POD, 0)).isFalse();
    }

    @Test
    void votesFade() {
        votes.streamBroke(POD);
        votes.refused(POD, C1, 0);
        votes.refused(POD, C2, 5 * SECOND);
        assertThat(votes.isDead(POD, 9 * SECOND)).isTrue();

        assertThat(votes.isDead(POD, 10 * SECOND)).isFalse();
    }

    @Test
    void aHeartbeatAClerkThatGotThroughAndAClerkThatLeftEachTakeTheirWordBack() {
        votes.streamBroke(POD);
        votes.refused(POD, C1, 0);
        votes.refused(POD, C2, 0);

        votes.reached(POD, C2);
        assertThat(votes.isDead(POD, 0)).isFalse();
        votes.refused(POD, C2, 0);
        assertThat(votes.isDead(POD, 0)).isTrue();
        votes.dismiss(C1);
        votes.dismiss(C2);
        assertThat(votes.isDead(POD, 0)).isFalse();

        votes.platform(POD, true);
        assertThat(votes.isDead(POD, 0)).isTrue();
        votes.heard(POD);
        assertThat(votes.isDead(POD, 0)).isFalse();
    }

    @Test
    void aPodThatDoesNotTakePartIsNobodysBusiness() {
        votes.streamBroke(pod("other"));
        votes.platform(pod("other"), true);

        assertThat(votes.isDead(pod("other"), 0)).isFalse();
        votes.forget(POD);
        votes.streamBroke(POD);
        assertThat(votes.isDead(POD, 0)).isFalse();
    }

    @Test
    void noMoreThanSoManyClerksAreAsked() {
        // Half of the bound decides, although a thousand more wanted a vote.
        for (int i = 0; i < 1000; i++) votes.admit(pod("clerk" + i));
        votes.streamBroke(POD);

        for (int i = 0; i < HealthVotes.MOST_VOTERS / 2 + 4; i++) votes.refused(POD, pod("clerk" + i), 0);

        assertThat(votes.isDead(POD, 0)).isTrue();
    }
}
