package io.sluice.catalog.vending;

import io.sluice.catalog.vending.S3Store.Handout;
import io.sluice.catalog.vending.VendedCredentials.S3Keys;
import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** Keys for configured stores that speak S3: sessions by the store's own AssumeRole, or its keys as they are. */
final class S3StoreKeys {
    /** Such stores take any role: the session has the rights of the keys that ask, less what the policy leaves out. */
    private static final String ANY_ROLE = "arn:aws:iam::000000000000:role/sluice";

    private final AssumeRole calls;
    private final Map<String, S3Store> stores;
    private final Clock clock;

    S3StoreKeys(AssumeRole calls, Map<String, S3Store> stores, Clock clock) {
        this.calls = calls;
        this.stores = Map.copyOf(stores);
        this.clock = clock;
    }

    S3Keys keys(StorageIdentity.ConfiguredStore identity, Access access, CloudFolder folder) {
        S3Store store = Optional.ofNullable(stores.get(identity.name()))
                .orElseThrow(() -> Failure.denied(
                        "Credentials are not given for a store \"%s\": this server's configuration has none that allows"
                                + " it. Set sluice.stores.%s.vending there.",
                        identity.name(), identity.name()));
        if (!store.contains(folder))
            throw Failure.invalid(
                    "The location %s is outside of the store \"%s\", which is %s. Give its external location another"
                            + " credential.",
                    folder, identity.name(), store.root());
        return store.handout() == Handout.UNCONFINED_KEYS ? itself(store, folder) : session(store, access, folder);
    }

    private S3Keys itself(S3Store store, CloudFolder folder) {
        return new S3Keys(
                folder.text(),
                store.accessKeyId(),
                store.secretAccessKey(),
                Optional.empty(),
                Optional.of(store.endpoint()),
                // So that callers come back and are asked for their rights again.
                clock.instant().plus(AssumeRole.LIFE));
    }

    private S3Keys session(S3Store store, Access access, CloudFolder folder) {
        requireLiteral(folder);
        AssumeRoleRequest.Builder request = AssumeRoleRequest.builder()
                .roleArn(ANY_ROLE)
                .roleSessionName("sluice")
                .policy(SessionPolicy.of(access, folder, "aws"));
        AssumeRole.Service service = new AssumeRole.Service(
                "The store at " + store.endpoint().uri(),
                store.endpoint().region(),
                Optional.of(store.endpoint().uri()),
                AwsBasicCredentials.create(store.accessKeyId(), store.secretAccessKey()),
                reason -> Failure.denied(
                        "The store at %s gives no session to this server's key (%s). Let the key assume roles there, or"
                                + " read the data through a share. If the store has no sessions, confine the key in the"
                                + " store and set the store's vending to keys.",
                        store.endpoint().uri(), reason));
        return calls.take(request, folder, service, Optional.of(store.endpoint()));
    }

    /** Not every such store knows how Amazon writes a star that is none; a guess could open too much. */
    private static void requireLiteral(CloudFolder folder) {
        if (folder.path().contains("*") || folder.path().contains("$"))
            throw Failure.invalid(
                    "The location %s has a '*' or a '$', which this store's policies may take for more than itself."
                            + " Choose a location without them.",
                    folder);
    }
}
