package io.sluice.sharing.share;

import io.sluice.sharing.federation.FederationPolicy;
import io.sluice.sharing.federation.VerifiedToken;
import io.sluice.sharing.recipient.AuthenticationType;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.recipient.RecipientId;
import io.sluice.sharing.recipient.RecipientToken;
import io.sluice.sharing.recipient.SecretHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All shares, recipients and tokens at one instant, for answering recipients without SQL. Immutable. */
public final class ShareDirectory {
    private final Map<SecretHash, RecipientToken> tokens;
    private final Map<String, RecipientToken> clients;
    private final Map<RecipientId, Recipient> recipients;
    private final Map<String, List<FederationPolicy>> policies;
    private final SortedMap<ShareName, ShareEntry> shares;
    private final Map<ShareId, ShareEntry> sharesById;
    private final Map<RecipientId, List<ShareEntry>> granted = new HashMap<>();

    private ShareDirectory(
            Map<SecretHash, RecipientToken> tokens,
            Map<RecipientId, Recipient> recipients,
            Map<String, List<FederationPolicy>> policies,
            SortedMap<ShareName, ShareEntry> shares) {
        this.tokens = tokens;
        this.recipients = recipients;
        this.clients = new HashMap<>();
        tokens.values().stream()
                .filter(token -> isOf(token, AuthenticationType.OAUTH_CLIENT_CREDENTIALS))
                .forEach(token -> clients.put(token.id(), token));
        this.policies = policies;
        this.shares = shares;
        this.sharesById = new HashMap<>();
        for (ShareEntry entry : shares.values()) {
            sharesById.put(entry.share().id(), entry);
            for (RecipientId reader : entry.readers())
                granted.computeIfAbsent(reader, id -> new ArrayList<>()).add(entry);
        }
    }

    /** Rows of the store, read at one instant. */
    record Rows(
            List<Share> shares,
            List<SharedObject> objects,
            List<SharedSchema> schemas,
            List<SharedAsset> assets,
            List<ShareGrant> grants,
            List<Recipient> recipients,
            List<RecipientToken> tokens,
            List<FederationPolicy> policies) {}

    static ShareDirectory of(Rows rows) {
        Map<ShareId, List<SharedObject>> objects =
                rows.objects().stream().collect(Collectors.groupingBy(SharedObject::share));
        Map<ShareId, List<SharedSchema>> schemas =
                rows.schemas().stream().collect(Collectors.groupingBy(SharedSchema::share));
        Map<ShareId, List<SharedAsset>> assets =
                rows.assets().stream().collect(Collectors.groupingBy(SharedAsset::share));
        Map<ShareId, Set<RecipientId>> readers = new HashMap<>();
        rows.grants()
                .forEach(grant -> readers.computeIfAbsent(grant.share(), id -> new HashSet<>())
                        .add(grant.recipient()));
        SortedMap<ShareName, ShareEntry> shares = new TreeMap<>();
        for (Share share : rows.shares())
            shares.put(
                    share.name(),
                    new ShareEntry(
                            new ShareContents(
                                    share,
                                    objects.getOrDefault(share.id(), List.of()),
                                    schemas.getOrDefault(share.id(), List.of()),
                                    assets.getOrDefault(share.id(), List.of())),
                            readers.getOrDefault(share.id(), Set.of())));
        Map<RecipientId, Recipient> recipients = new HashMap<>();
        rows.recipients().forEach(recipient -> recipients.put(recipient.id(), recipient));
        Map<SecretHash, RecipientToken> tokens = new HashMap<>();
        rows.tokens().forEach(token -> token.hash().ifPresent(hash -> tokens.put(hash, token)));
        Map<String, List<FederationPolicy>> policies = rows.policies().stream()
                .collect(Collectors.groupingBy(policy -> policy.oidc().issuer()));
        return new ShareDirectory(tokens, recipients, policies, shares);
    }

    /** Whose token this is, while it lives. */
    public Optional<Recipient> authenticate(SecretHash bearer, Instant now) {
        return Optional.ofNullable(tokens.get(bearer))
                .filter(token -> token.isUsableAt(now))
                .filter(token -> isOf(token, AuthenticationType.TOKEN))
                .map(token -> recipients.get(token.recipient()));
    }

    /** What a recipient that is an OAuth client was given at activation, while it lives. */
    public Optional<RecipientToken> client(String id, Instant now) {
        return Optional.ofNullable(clients.get(id)).filter(token -> token.isUsableAt(now));
    }

    /** Of a token whose recipient is just being deleted there is nobody to ask. */
    private boolean isOf(RecipientToken token, AuthenticationType type) {
        return recipient(token.recipient())
                .filter(recipient -> recipient.admission().type() == type)
                .isPresent();
    }

    /** Whether some recipient brings tokens of that issuer. */
    public boolean believes(String issuer) {
        return policies.containsKey(issuer);
    }

    /** Whom the policies let in with this token. Several, where two recipients have policies for the same bearer. */
    public Set<Recipient> admitted(VerifiedToken token, Instant now) {
        return policies.getOrDefault(token.issuer(), List.of()).stream()
                .filter(policy -> policy.admits(token))
                .map(policy -> recipients.get(policy.recipient()))
                .filter(recipient ->
                        recipient.admission().until().map(now::isBefore).orElse(true))
                .collect(Collectors.toSet());
    }

    /** What the recipient was granted, by name. */
    public List<ShareEntry> grantedTo(RecipientId recipient) {
        return Collections.unmodifiableList(granted.getOrDefault(recipient, List.of()));
    }

    /** Empty also when the share exists and was not granted: the two must look alike from outside. */
    public Optional<ShareEntry> granted(RecipientId recipient, ShareName name) {
        return share(name).filter(entry -> entry.readers().contains(recipient));
    }

    public Optional<ShareEntry> share(ShareName name) {
        return Optional.ofNullable(shares.get(name));
    }

    public List<ShareEntry> shares() {
        return List.copyOf(shares.values());
    }

    public Optional<Recipient> recipient(RecipientId id) {
        return Optional.ofNullable(recipients.get(id));
    }

    /**
     * Whether a recipient may still read by a share; asked for URLs that were handed out before.
     *
     * @param objectId see {@link GivenTable}
     */
    public boolean mayRead(RecipientId recipient, ShareId share, String objectId) {
        ShareEntry entry = sharesById.get(share);
        return entry != null
                && entry.readers().contains(recipient)
                && entry.contents().holds(objectId);
    }
}
