package io.sluice.catalog.vending;

import io.sluice.catalog.vending.StaticS3.Handout;
import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Credentials for stores that speak S3: sessions by the store's own AssumeRole, or the keys as they are. */
final class S3StoreSessions implements AutoCloseable {
    /** Such stores take any role: the session has the rights of the keys that ask, less what the policy leaves out. */
    private static final String ANY_ROLE = "arn:aws:iam::000000000000:role/sluice";

    private final AssumeRoleCalls calls = new AssumeRoleCalls();
    private final Clock clock;

    S3StoreSessions(Clock clock) {
        this.clock = clock;
    }

    VendedCredentials.S3Keys vend(StaticS3 store, Folder folder, Access access) {
        return store.handout() == Handout.UNCONFINED_KEYS ? itself(store, folder) : session(store, folder, access);
    }

    @Override
    public void close() {
        calls.close();
    }

    private VendedCredentials.S3Keys itself(StaticS3 store, Folder folder) {
        return new VendedCredentials.S3Keys(
                folder.text(),
                store.accessKeyId(),
                store.secretAccessKey(),
                store.sessionToken(),
                store.endpoint(),
                store.region(),
                store.pathStyle(),
                // So that callers come back and are asked for their rights again.
                clock.instant().plus(AssumeRoleCalls.LIFE));
    }

    private VendedCredentials.S3Keys session(StaticS3 store, Folder folder, Access access) {
        requireLiteral(folder);
        AssumeRoleRequest request = AssumeRoleRequest.builder()
                .roleArn(ANY_ROLE)
                .roleSessionName("sluice")
                .durationSeconds((int) AssumeRoleCalls.LIFE.toSeconds())
                .policy(SessionPolicy.of(access, folder, "aws"))
                .build();
        AssumeRoleCalls.Service service = new AssumeRoleCalls.Service(
                "The store at " + store.endpoint(), store.region(), Optional.of(store.endpoint()), identity(store));
        Credentials given = calls.assume(request, service, code -> noSessions(store, code));
        return new VendedCredentials.S3Keys(
                folder.text(),
                given.accessKeyId(),
                given.secretAccessKey(),
                Optional.of(given.sessionToken()),
                store.endpoint(),
                store.region(),
                store.pathStyle(),
                given.expiration());
    }

    /** Not every such store knows how Amazon writes a star that is none; a guess could open too much. */
    private static void requireLiteral(Folder folder) {
        if (folder.path().matches("(?s).*[*?$].*"))
            throw Failure.invalid(
                    "The location %s has a '*', a '?' or a '$', which this store's policies may take for more than"
                            + " itself. Choose a location without them.",
                    folder);
    }

    private static Failure noSessions(StaticS3 store, String code) {
        return Failure.denied(
                "The store at %s gives no session to the key %s (%s). Let the key assume roles there, or read the data"
                        + " through a share. If the store has no sessions, confine the keys in the store and configure"
                        + " them to be handed out as they are.",
                store.endpoint(), store.accessKeyId(), code);
    }

    private static AwsCredentials identity(StaticS3 store) {
        return store.sessionToken()
                .<AwsCredentials>map(token ->
                        AwsSessionCredentials.create(store.accessKeyId(), store.secretAccessKey(), token))
                .orElseGet(() -> AwsBasicCredentials.create(store.accessKeyId(), store.secretAccessKey()));
    }
}
