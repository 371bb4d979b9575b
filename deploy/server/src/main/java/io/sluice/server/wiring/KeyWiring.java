package io.sluice.server.wiring;

import io.quarkus.runtime.Startup;
import io.sluice.catalog.govern.KeyScopes;
import io.sluice.crypto.hierarchy.JdbcKeyStore;
import io.sluice.crypto.hierarchy.KeyHierarchy;
import io.sluice.crypto.hierarchy.KeyTransactions;
import io.sluice.crypto.kms.LocalKms;
import io.sluice.crypto.provider.CryptoProvider;
import io.sluice.model.failure.Failure;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.UnitOfWork;
import io.sluice.server.http.CurrentCaller;
import io.sluice.server.launch.SluiceConfig;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** The key hierarchy over the local key service. */
public final class KeyWiring {
    private static final Logger LOG = Logger.getLogger(KeyWiring.class);
    private static final int REFRESH_SECONDS = 1;
    private static final int PROBE_SECONDS = 5;

    /** Lets the catalog make the key of a sealed catalog. A type of its own, so that it can be injected. */
    public interface Scopes extends KeyScopes {}

    @Produces
    @Singleton
    LocalKms localKms(SluiceConfig config) {
        return new LocalKms(config.data().resolve("kms"));
    }

    @Produces
    @Singleton
    KeyHierarchy keys(LocalKms kms, UnitOfWork work, CurrentCaller caller, Clock clock) {
        LOG.infof("sealing with %s", CryptoProvider.installBest());
        return new KeyHierarchy(
                new JdbcKeyStore(new AuditedKeyTransactions(work, caller)),
                kms,
                clock,
                System::nanoTime,
                KeyHierarchy.Settings.DEFAULT);
    }

    /** Hears of what other pods and the key service itself withdrew, on threads that end with the program. */
    @Produces
    @Singleton
    @Startup
    Chores keyWatch(KeyHierarchy keys) {
        return new Chores("key-watch", 2).every(REFRESH_SECONDS, keys::refresh).every(PROBE_SECONDS, keys::probe);
    }

    void close(@Disposes Chores keyWatch) {
        keyWatch.close();
    }

    @Produces
    @Singleton
    Scopes scopes(KeyHierarchy keys, LocalKms kms) {
        return (scope, customerManagedKey) -> {
            if (!customerManagedKey.startsWith("local-kms://"))
                throw Failure.unsupported(
                        "The key %s is of a service that is not served yet. Use local-kms://NAME.", customerManagedKey);
            keys.register(scope, customerManagedKey);
        };
    }

    /** A change of keys and its audit row are one transaction. */
    private record AuditedKeyTransactions(UnitOfWork work, CurrentCaller caller) implements KeyTransactions {
        @Override
        public <T> T write(String action, String scope, Map<String, String> parameters, Work<T> change) {
            Map<String, String> all = new HashMap<>(parameters);
            all.put("scope", scope);
            return work.write(Territory.ROOT, transaction -> {
                T result = change.in(transaction.connection());
                transaction.audit(AuditEntry.done(caller.name(), "keys", action, all));
                return result;
            });
        }

        @Override
        public <T> T read(Work<T> read) {
            return work.read(read::in);
        }
    }
}
