package io.sluice.sharing.provider;

import io.sluice.model.failure.Failure;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.Transaction;
import io.sluice.model.work.UnitOfWork;
import io.sluice.sharing.Authorship;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.SharingAuthority;
import io.sluice.sharing.SharingAuthority.Action;
import io.sluice.sharing.recipient.AuthenticationType;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Managing providers. Who may: the provider's owner, and administrators; looking is for USE_PROVIDER too. */
public final class Providers {
    private final UnitOfWork work;
    private final ProviderStore store;
    private final ProfileVault vault;
    private final SharingAuthority authority;
    private final ProviderUses uses;
    private final Clock clock;

    public Providers(
            UnitOfWork work,
            ProviderStore store,
            ProfileVault vault,
            SharingAuthority authority,
            ProviderUses uses,
            Clock clock) {
        this.work = work;
        this.store = store;
        this.vault = vault;
        this.authority = authority;
        this.uses = uses;
        this.clock = clock;
    }

    public Provider create(String principal, NewProvider wanted) {
        authority.require(principal, Action.CREATE_PROVIDER);
        Instant now = clock.instant();
        wanted.profile().requireAlive(now);
        ProviderId id = ProviderId.random();
        Provider provider = new Provider(
                id,
                wanted.name(),
                principal,
                wanted.comment().filter(text -> !text.isEmpty()),
                kept(id, wanted.profile()),
                Authorship.createdBy(principal, now));
        return write(principal, "createProvider", wanted.name(), tx -> {
            if (!store.insert(tx.connection(), provider)) throw taken(wanted.name());
            return provider;
        });
    }

    public Provider get(String principal, ProviderName name) {
        return work.read(connection -> {
            Provider provider = existing(connection, name);
            if (!sees(principal, provider))
                throw Failure.denied(
                        "%s may not see provider \"%s\". Its owner %s may, and who has USE_PROVIDER.",
                        principal, name, provider.owner());
            return provider;
        });
    }

    /** The provider for the house itself, whose callers have checked the right by other means. */
    Provider get(ProviderId id) {
        return work.read(store::all).stream()
                .filter(provider -> provider.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING,
                        "The provider was deleted. Create it and the catalogs over its shares anew."));
    }

    /** Those that the principal may see, by name. */
    public Page<Provider> list(String principal, PageRequest page) {
        List<Provider> mine = work.read(store::all).stream()
                .filter(provider -> sees(principal, provider))
                .sorted(Comparator.comparing(Provider::name))
                .toList();
        return Page.of(mine, provider -> provider.name().value(), page);
    }

    public Provider update(String principal, ProviderName name, ProviderPatch patch) {
        Instant now = clock.instant();
        patch.profile().ifPresent(profile -> profile.requireAlive(now));
        if (patch.newName().filter(newName -> !newName.equals(name)).isPresent())
            requireUnused(principal, name, "renamed");
        return change(principal, "updateProvider", name, (tx, provider) -> {
            KeptProfile kept =
                    patch.profile().map(profile -> kept(provider.id(), profile)).orElse(provider.profile());
            patch.type().ifPresent(type -> requireSame(name, type, kept));
            Provider changed =
                    patch.applyTo(provider, kept, provider.authorship().updatedBy(principal, now));
            if (!store.update(tx.connection(), changed)) throw taken(changed.name());
            return changed;
        });
    }

    /** Forgets the profile too. */
    public void delete(String principal, ProviderName name) {
        requireUnused(principal, name, "deleted");
        change(principal, "deleteProvider", name, (tx, provider) -> {
            store.delete(tx.connection(), provider.id());
            return provider;
        });
    }

    private void requireUnused(String principal, ProviderName name, String what) {
        List<String> catalogs = uses.catalogsOver(get(principal, name).id());
        if (!catalogs.isEmpty())
            throw Failure.invalid(
                    "Provider \"%s\" cannot be %s while its shares stand as catalogs: %s. Delete these first.",
                    name, what, String.join(", ", catalogs));
    }

    private KeptProfile kept(ProviderId id, ProviderProfile profile) {
        return new KeptProfile(
                profile.type(), profile.version(), profile.endpoint().toString(), vault.seal(id, profile));
    }

    private Provider existing(Connection connection, ProviderName name) {
        return store.find(connection, name)
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING, "Provider \"%s\" does not exist. Create it first.", name));
    }

    private boolean sees(String principal, Provider provider) {
        return manages(principal, provider) || authority.allows(principal, Action.USE_EVERY_PROVIDER);
    }

    private boolean manages(String principal, Provider provider) {
        return provider.owner().equals(principal) || authority.allows(principal, Action.MANAGE_EVERY_PROVIDER);
    }

    private <T> T change(
            String principal, String action, ProviderName name, BiFunction<Transaction, Provider, T> change) {
        return write(principal, action, name, tx -> {
            Provider provider = existing(tx.connection(), name);
            if (!manages(principal, provider))
                throw Failure.denied(
                        "%s may not manage provider \"%s\". Its owner %s may.", principal, name, provider.owner());
            return change.apply(tx, provider);
        });
    }

    private <T> T write(String principal, String action, ProviderName name, UnitOfWork.Write<T> write) {
        return work.write(Territory.ROOT, tx -> {
            T result = write.in(tx);
            tx.audit(AuditEntry.done(principal, "deltaSharing", action, Map.of("provider_name", name.value())));
            return result;
        });
    }

    private static void requireSame(ProviderName name, AuthenticationType wanted, KeptProfile kept) {
        if (wanted != kept.type())
            throw Failure.invalid(
                    "Provider \"%s\" has a profile for %s. Send one for %s with the change.",
                    name, kept.type(), wanted);
    }

    private static Failure taken(ProviderName name) {
        return Failure.alreadyExists(
                Failure.Subject.ANYTHING, "Provider \"%s\" exists already. Choose another name.", name);
    }
}
