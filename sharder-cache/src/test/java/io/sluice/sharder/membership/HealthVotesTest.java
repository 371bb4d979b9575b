package io.sluice.sharder.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthVotesTest {
    private static final long SECOND = 1_000_000_000L;

    private final HealthVotes votes = new HealthVotes(Duration.ofSeconds(10));

    HealthVotesTest() {
        votes.watch("pod");
        for (String clerk : List.of("c1", "c2", "c3", "c4")) votes.admit(clerk);
    }

    @Test
    void votesAgainstAHealthyPodDoNotKillIt() {
        for (String clerk : List.of("c1", "c2", "c3", "c4")) votes.refused("pod", clerk, 0);

        assertThat(votes.isDead("pod", 0)).isFalse();
    }

    @Test
    void eachOneAloneIsNotEnoughAndAnyTwoAre() {
        for (int which = 0; which < 8; which++) {
            HealthVotes fresh = new HealthVotes(Duration.ofSeconds(10));
            fresh.watch("pod");
            fresh.admit("c1");
            if ((which & 1) != 0) fresh.streamBroke("pod");
            if ((which & 2) != 0) fresh.platform("pod", true);
            if ((which & 4) != 0) fresh.refused("pod", "c1", 0);

            assertThat(fresh.isDead("pod", 0)).as("evidence " + which).isEqualTo(Integer.bitCount(which) >= 2);
        }
    }

    @Test
    void clerksNeedHalfOfAllOfThem() {
        votes.streamBroke("pod");
        votes.refused("pod", "c1", 0);
        assertThat(votes.isDead("pod", 0)).isFalse();

        votes.refused("pod", "c2", 0);
        assertThat(votes.isDead("pod", 0)).isTrue();
    }

    @Test
    void oneClerkHasOneVoteHoweverOftenItSpeaks() {
        votes.streamBroke("pod");

        for (int i = 0; i < 1000; i++) votes.refused("pod", "c1", i);

        assertThat(votes.isDead("pod", 1000)).isFalse();
    }

    @Test
    void whoWasNotAdmittedHasNoVoteAndNobodyVotesOnItself() {
        votes.streamBroke("pod");
        votes.admit("pod");
        votes.refused("pod", "stranger", 0);
        votes.refused("pod", "another stranger", 0);
        votes.refused("pod", "pod", 0);
        votes.refused("pod", "c1", 0);

        assertThat(votes.isDead("pod", 0)).isFalse();
    }

    @Test
    void votesFade() {
        votes.streamBroke("pod");
        votes.refused("pod", "c1", 0);
        votes.refused("pod", "c2", 5 * SECOND);
        assertThat(votes.isDead("pod", 9 * SECOND)).isTrue();

        assertThat(votes.isDead("pod", 10 * SECOND)).isFalse();
    }

    @Test
    void aHeartbeatAClerkThatGotThroughAndAClerkThatLeftEachTakeTheirWordBack() {
        votes.streamBroke("pod");
        votes.refused("pod", "c1", 0);
        votes.refused("pod", "c2", 0);

        votes.reached("pod", "c2");
        assertThat(votes.isDead("pod", 0)).isFalse();
        votes.refused("pod", "c2", 0);
        assertThat(votes.isDead("pod", 0)).isTrue();
        votes.dismiss("c1");
        votes.dismiss("c2");
        assertThat(votes.isDead("pod", 0)).isFalse();

        votes.platform("pod", true);
        assertThat(votes.isDead("pod", 0)).isTrue();
        votes.heard("pod");
        assertThat(votes.isDead("pod", 0)).isFalse();
    }

    @Test
    void aPodThatDoesNotTakePartIsNobodysBusiness() {
        votes.streamBroke("other");
        votes.platform("other", true);

        assertThat(votes.isDead("other", 0)).isFalse();
        votes.forget("pod");
        votes.streamBroke("pod");
        assertThat(votes.isDead("pod", 0)).isFalse();
    }

    @Test
    void noMoreThanSoManyClerksAreAsked() {
        // Half of the bound decides, although a thousand more wanted a vote.
        for (int i = 0; i < 1000; i++) votes.admit("clerk" + i);
        votes.streamBroke("pod");

        for (int i = 0; i < HealthVotes.MOST_VOTERS / 2 + 4; i++) votes.refused("pod", "clerk" + i, 0);

        assertThat(votes.isDead("pod", 0)).isTrue();
    }
}
