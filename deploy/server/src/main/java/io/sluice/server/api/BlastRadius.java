package io.sluice.server.api;

import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Tables;
import io.sluice.crypto.hierarchy.KeyHierarchy;
import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.crypto.seal.KeyUnavailableException;
import io.sluice.model.failure.Failure;
import io.sluice.model.name.TableName;
import io.sluice.replica.Replica;
import io.sluice.replica.Replicas;
import io.sluice.sharing.files.OpenStreams;
import io.sluice.sharing.files.OpenTables;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.recipient.RecipientId;
import io.sluice.sharing.share.LiveDirectory;
import io.sluice.sharing.share.ShareDirectory;
import io.sluice.sharing.share.ShareEntry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** What goes dark when a scope's key is withdrawn. Its hash ties the look to the act: nothing may change in between. */
@Singleton
public final class BlastRadius {
    private static final Logger LOG = Logger.getLogger(BlastRadius.class);

    private final KeyHierarchy keys;
    private final Governance governance;
    private final LiveDirectory sharing;
    private final Replicas replicas;
    private final OpenTables opened;
    private final OpenStreams streams;

    BlastRadius(
            KeyHierarchy keys,
            Governance governance,
            LiveDirectory sharing,
            Replicas replicas,
            OpenTables opened,
            OpenStreams streams) {
        this.keys = keys;
        this.governance = governance;
        this.sharing = sharing;
        this.replicas = replicas;
        this.opened = opened;
        this.streams = streams;
    }

    record Plan(
            String scope,
            String action,
            long epoch,
            String planHash,
            List<String> tables,
            List<String> shares,
            List<String> recipients,
            List<String> replicas,
            long bytes,
            int openStreams) {

        /** Reads come and go; the promise is about what they read. */
        Plan withOpenStreams(int count) {
            return new Plan(scope, action, epoch, planHash, tables, shares, recipients, replicas, bytes, count);
        }
    }

    Plan revoke(String scope) {
        long epoch = keys.epoch(scope);
        List<TableName> tables = governance.tables().namesUnder(scope);
        ShareDirectory directory = sharing.current();
        List<ShareEntry> shares = directory.shares().stream()
                .filter(share -> tables.stream().anyMatch(share.contents()::names))
                .toList();
        TreeSet<String> recipients = new TreeSet<>();
        for (ShareEntry share : shares)
            for (RecipientId id : share.readers())
                directory.recipient(id).map(Recipient::name).ifPresent(name -> recipients.add(name.toString()));
        List<String> copies = replicas.list().stream()
                .filter(replica -> tables.contains(replica.sourceTable()))
                .map(Replica::name)
                .sorted()
                .toList();
        return hashed(new Plan(
                        scope,
                        "REVOKE",
                        epoch,
                        "",
                        tables.stream().map(TableName::toString).sorted().toList(),
                        shares.stream()
                                .map(share -> share.share().name().toString())
                                .sorted()
                                .toList(),
                        List.copyOf(recipients),
                        copies,
                        tables.stream().mapToLong(this::bytes).sum(),
                        0))
                .withOpenStreams(streams.of(scope));
    }

    /** Sizes of the table's live files; 0 when its log cannot be read, which keeps nobody from revoking its key. */
    private long bytes(TableName name) {
        Tables.Usable table = governance.tables().find(name).orElseThrow();
        try {
            return opened.open(new StoredTable(
                            table.table().id(), URI.create(table.table().location()), table.keyScope()))
                    .log()
                    .snapshot()
                    .bytes();
        } catch (IOException | Failure | KeyRevokedException | KeyUnavailableException e) {
            LOG.warnf("the size of table %s is not known: %s", name, e.getMessage());
            return 0;
        }
    }

    private static Plan hashed(Plan plan) {
        return new Plan(
                plan.scope,
                plan.action,
                plan.epoch,
                sha256(plan.toString()),
                plan.tables,
                plan.shares,
                plan.recipients,
                plan.replicas,
                plan.bytes,
                plan.openStreams);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
