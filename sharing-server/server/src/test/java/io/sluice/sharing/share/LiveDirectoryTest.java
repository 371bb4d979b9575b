package io.sluice.sharing.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.name.TableName;
import io.sluice.sharing.federation.JdbcFederationStore;
import io.sluice.sharing.recipient.JdbcRecipientStore;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory of a pod beside the one that writes: it hears of nothing but its tenure. */
class LiveDirectoryTest {
    private static final ShareName PARTNERS = ShareName.of("partners");

    @TempDir
    Path folder;

    private World world;
    private Recipient reader;
    private OptionalLong tenure = OptionalLong.of(7);
    private LiveDirectory otherPod;

    @BeforeEach
    void aShareThatNobodyMayRead() throws IOException {
        world = new World(folder);
        world.table("main.sales.orders");
        world.share("partners", TableName.parse("main.sales.orders"));
        reader = world.reader("acme").recipient();
        otherPod = new LiveDirectory(
                world.work, new JdbcShareStore(), new JdbcRecipientStore(), new JdbcFederationStore(), () -> tenure);
        assertThat(isGranted()).isFalse();
    }

    @Test
    void whileTheTenureStaysMemoryAnswers() {
        ShareDirectory before = otherPod.current();

        assertThat(otherPod.current()).isSameAs(before);
    }

    @Test
    void aNewTenureBringsWhatOthersWroteBeforeIt() {
        world.grant("partners", "acme");
        tenure = OptionalLong.of(8);

        assertThat(isGranted()).isTrue();
        assertThat(otherPod.current()).isSameAs(otherPod.current());
    }

    @Test
    void withoutATenureEachQuestionReadsTheStore() {
        tenure = OptionalLong.empty();
        assertThat(isGranted()).isFalse();
        world.grant("partners", "acme");
        assertThat(isGranted()).isTrue();
        world.revoke("partners", "acme");
        assertThat(isGranted()).isFalse();
    }

    @Test
    void whatWasReadWithoutATenureIsNotRemembered() {
        tenure = OptionalLong.empty();
        assertThat(isGranted()).isFalse();
        world.grant("partners", "acme");

        tenure = OptionalLong.of(8);

        assertThat(isGranted()).isTrue();
    }

    @Test
    void aTenureThatEndsWhileTheStoreIsReadDoesNotCount() {
        // The first reading takes place in tenure 8 and ends in tenure 9, in which somebody has written.
        LiveDirectory late = new LiveDirectory(
                world.work, new JdbcShareStore(), new JdbcRecipientStore(), new JdbcFederationStore(), this::aging);
        tenure = OptionalLong.of(8);
        late.current();
        world.grant("partners", "acme");

        assertThat(late.current().granted(reader.id(), PARTNERS)).isPresent();
    }

    private OptionalLong aging() {
        OptionalLong now = tenure;
        tenure = OptionalLong.of(now.getAsLong() + 1);
        return now;
    }

    private boolean isGranted() {
        return otherPod.current().granted(reader.id(), PARTNERS).isPresent();
    }
}
