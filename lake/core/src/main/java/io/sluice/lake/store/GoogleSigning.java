package io.sluice.lake.store;

import io.sluice.lake.store.GoogleConnection.Credentials;
import java.io.IOException;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/** Finds out who signs, once. Safe for use by many threads. */
final class GoogleSigning {
    private final Credentials credentials;
    private final GoogleTokens machine;
    private final GoogleHttp iam;
    private @Nullable GoogleSignatures found;

    GoogleSigning(Credentials credentials, HttpClient client, GoogleTokens machine, AccessTokens tokens) {
        this.credentials = credentials;
        this.machine = machine;
        // Counted apart: what signs is not the store.
        this.iam = new GoogleHttp(client, tokens, new TrafficMeter());
    }

    synchronized GoogleSignatures signatures() throws IOException {
        GoogleSignatures current = found;
        if (current == null) {
            current = credentials instanceof Credentials.KeyFile file
                    ? GoogleSignatures.byKey(file.account())
                    : byService((Credentials.Machine) credentials);
            found = current;
        }
        return current;
    }

    private GoogleSignatures byService(Credentials.Machine account) throws IOException {
        return GoogleSignatures.byService(account.iam(), machine.emailOf(account), iam);
    }
}
