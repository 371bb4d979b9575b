package io.sluice.sharing.provider;

import io.sluice.client.SharingException;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/** Tells what another server refused as what it is, in its own words, less what is secret. */
final class RemoteRefusals {
    private static final int MOST_LETTERS = 500;

    private final ProviderName name;
    private final ProviderProfile profile;

    RemoteRefusals(ProviderName name, ProviderProfile profile) {
        this.name = name;
        this.profile = profile;
    }

    Failure told(IOException failed) {
        if (!(failed instanceof SharingException refused)) return unreachable(failed);
        String words = quotable(String.valueOf(refused.getMessage()));
        int status = refused.status();
        if (status == 404)
            return Failure.notFound(
                    Subject.ANYTHING, "The server of provider \"%s\" has no such thing: %s", name, words);
        if (status == 429 || status >= 500)
            return Failure.unavailable(
                    failed, "The server of provider \"%s\" answers %d just now: %s", name, status, words);
        if (status == 401 || status == 403)
            return Failure.refusedElsewhere(
                    failed,
                    "The server of provider \"%s\" does not let us in (%d): %s Ask the provider, and give the provider"
                            + " here a new recipient_profile_str if the old one has ended.",
                    name,
                    status,
                    words);
        if (status >= 300 && status < 400)
            return Failure.refusedElsewhere(
                    failed,
                    "The server of provider \"%s\" sends us elsewhere (%d). That is not followed, since it would carry"
                            + " the token along: ask the provider for a profile with the right endpoint.",
                    name,
                    status);
        return Failure.refusedElsewhere(
                failed, "The server of provider \"%s\" cannot be understood (%d): %s", name, status, words);
    }

    Failure late(Duration patience) {
        return Failure.unavailable(
                null,
                "The server of provider \"%s\" did not answer within %d seconds. Try again later.",
                name,
                patience.toSeconds());
    }

    Failure tooMany(String what, int most) {
        return Failure.refusedElsewhere(
                null, "The server of provider \"%s\" lists more than %d %s, which is not followed.", name, most, what);
    }

    private Failure unreachable(IOException failed) {
        String why = Objects.requireNonNullElse(
                failed.getMessage(), failed.getClass().getSimpleName());
        return Failure.unavailable(
                failed,
                "The server of provider \"%s\" at %s cannot be reached: %s. Try again later.",
                name,
                profile.endpoint(),
                quotable(why));
    }

    /** Some servers quote the token that they refuse. */
    private String quotable(String words) {
        String clean = words.replace(profile.credential().secret(), "...")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return clean.length() <= MOST_LETTERS ? clean : clean.substring(0, MOST_LETTERS) + "...";
    }
}
