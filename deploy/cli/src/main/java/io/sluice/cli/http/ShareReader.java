package io.sluice.cli.http;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import io.sluice.client.ChangeRange;
import io.sluice.client.Profile;
import io.sluice.client.Query;
import io.sluice.client.Rows;
import io.sluice.client.SharingClient;
import io.sluice.client.SharingException;
import io.sluice.client.TableRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;

/** Reads the rows of shared tables as a recipient does: with a profile file, on any server. */
public final class ShareReader {
    private final Profile profile;
    private final SharingClient client;

    private ShareReader(Profile profile) {
        this.profile = profile;
        this.client = new SharingClient(profile);
    }

    public static ShareReader with(Path profileFile) {
        try {
            return new ShareReader(Profile.read(profileFile));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(Exit.FAILURE, "There is no file %s.".formatted(profileFile), e);
        } catch (IOException e) {
            throw new CommandFailure(
                    Exit.FAILURE, "%s is not a recipient's profile: %s".formatted(profileFile, e.getMessage()), e);
        }
    }

    public <T> T rows(TableRef table, Query query, Function<Rows, T> reading) {
        return guarded(() -> client.rows(table, query), reading);
    }

    public <T> T changes(TableRef table, ChangeRange range, Function<Rows, T> reading) {
        return guarded(() -> client.changes(table, range), reading);
    }

    private <T> T guarded(Unreachable.Call<Rows> asking, Function<Rows, T> reading) {
        return Unreachable.guard(profile.endpoint(), () -> {
            try (Rows rows = asking.run()) {
                return reading.apply(rows);
            } catch (UncheckedIOException e) {
                if (e.getCause() instanceof SharingException refused) throw failure(refused);
                throw e.getCause();
            } catch (SharingException e) {
                throw failure(e);
            }
        });
    }

    private static CommandFailure failure(SharingException refused) {
        return new CommandFailure(
                Refusal.exit(refused.status(), refused.code()), String.valueOf(refused.getMessage()), refused);
    }
}
