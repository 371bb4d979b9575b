package io.sluice.catalog.vending;

import static io.sluice.catalog.vending.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.failure.FailureKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A session opens its folder and nothing else, whatever the folder is called. Judged as Amazon judges. */
class SessionPolicyTest {
    @Test
    void readersReadOneFolderAndListNothingBesideIt() throws Exception {
        AmazonPolicy policy = policy(Access.READ, "s3://lake/retail/orders");
        assertThat(policy.gets("lake", "retail/orders/part-1")).isTrue();
        assertThat(policy.lists("lake", "retail/orders/")).isTrue();
        assertThat(policy.allows("s3:GetBucketLocation", "arn:aws:s3:::lake", Optional.empty()))
                .isTrue();

        assertThat(policy.gets("lake", "retail/orders2/part-1")).isFalse();
        assertThat(policy.gets("lake2", "retail/orders/part-1")).isFalse();
        assertThat(policy.lists("lake", "retail/orders")).isFalse();
        assertThat(policy.lists("lake", "")).isFalse();
        assertThat(policy.puts("lake", "retail/orders/part-1")).isFalse();
        assertThat(policy.deletes("lake", "retail/orders/part-1")).isFalse();
    }

    @Test
    void writersAlsoPutAndDeleteButOnlyThere() throws Exception {
        AmazonPolicy policy = policy(Access.READ_WRITE, "s3://lake/retail/orders");
        assertThat(policy.puts("lake", "retail/orders/part-1")).isTrue();
        assertThat(policy.deletes("lake", "retail/orders/part-1")).isTrue();
        assertThat(policy.puts("lake", "retail/returns/part-1")).isFalse();
    }

    @Test
    void aStarInANameIsAStarAndNoWildcard() throws Exception {
        AmazonPolicy policy = policy(Access.READ, "s3://lake/a*");
        assertThat(policy.gets("lake", "a*/part-1")).isTrue();
        assertThat(policy.gets("lake", "ab/part-1")).isFalse();
        assertThat(policy.lists("lake", "ab/")).isFalse();
    }

    @Test
    void aVariableInANameIsItsLettersAndNobodysName() throws Exception {
        AmazonPolicy policy = policy(Access.READ, "s3://lake/${aws:username}/${*}");
        assertThat(policy.gets("lake", "${aws:username}/${*}/part-1")).isTrue();
        assertThat(policy.gets("lake", "victim/${*}/part-1")).isFalse();
        assertThat(policy.gets("lake", "${aws:username}/*/part-1")).isFalse();
        assertThat(policy.gets("lake", "${aws:username}/b/part-1")).isFalse();
    }

    @Test
    void aQuoteInANameDoesNotEndTheString() throws Exception {
        AmazonPolicy policy = policy(Access.READ, "s3://lake/a\"],\"Resource\":[\"*");
        assertThat(policy.tree().path("Statement")).hasSize(3);
        assertThat(policy.gets("lake", "other/part-1")).isFalse();
    }

    @Test
    void bucketsOfAnotherPartitionAreNamedByIt() {
        assertThat(SessionPolicy.of(Access.READ, CloudFolder.parse("s3://lake/a"), "aws-cn"))
                .contains("arn:aws-cn:s3:::lake/a/*");
    }

    @Test
    void whatAmazonWouldNotTakeIsToldBeforehand() {
        CloudFolder deep = CloudFolder.parse("s3://lake/" + "ä".repeat(400));
        assertRefused(FailureKind.INVALID, () -> SessionPolicy.of(Access.READ, deep, "aws"))
                .hasMessageContaining("Choose a shorter path");
    }

    private static AmazonPolicy policy(Access access, String location) throws Exception {
        return AmazonPolicy.parse(SessionPolicy.of(access, CloudFolder.parse(location), "aws"));
    }
}
