package io.sluice.server.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.name.TableName;
import io.sluice.model.place.Region;
import io.sluice.server.launch.PrivateFiles;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.server.wiring.Clouds;
import io.sluice.sharing.PublicAddress;
import io.sluice.sharing.recipient.Activation;
import io.sluice.sharing.recipient.Admission;
import io.sluice.sharing.recipient.NewRecipient;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.recipient.RecipientView;
import io.sluice.sharing.recipient.Recipients;
import io.sluice.sharing.share.HistoryWish;
import io.sluice.sharing.share.ObjectWish;
import io.sluice.sharing.share.PermissionChange;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharePatch;
import io.sluice.sharing.share.SharePermissions;
import io.sluice.sharing.share.SharedPartitions;
import io.sluice.sharing.share.SharedPartitions.Condition;
import io.sluice.sharing.share.SharedPartitions.Operation;
import io.sluice.sharing.share.SharedPartitions.Text;
import io.sluice.sharing.share.Shares;
import io.sluice.sharing.share.UrlLife;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The demo's shares and recipients. The profiles are got as a recipient gets them: by the activation link, once. One
 * recipient reads where the tables are, one where the replica is, one the lines of one day only, and one the sealed
 * table.
 */
@Singleton
public final class DemoShares {
    private static final String REGION = "sluice.region";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROFILE = "demo.share";
    private static final String REMOTE_PROFILE = "demo-remote.share";
    private static final String SEALED_PROFILE = "demo-sealed.share";

    private static final String DAY_PROFILE = "demo-day.share";

    private static final ObjectWish WITH_HISTORY =
            ObjectWish.PLAIN.with(new HistoryWish(Optional.of(true), Optional.of(true), Optional.of(0L)));

    private static final SharedPartitions ONE_DAY = new SharedPartitions(List.of(
            List.of(new Condition(DemoRows.ORDER_DATE, Operation.EQUAL, new Text(DemoRows.OPENING.toString())))));

    private final Shares shares;
    private final SharePermissions permissions;
    private final Recipients recipients;
    private final Activation activation;
    private final SluiceConfig config;
    private final Clouds clouds;
    private final PublicAddress address;

    DemoShares(
            Shares shares,
            SharePermissions permissions,
            Recipients recipients,
            Activation activation,
            SluiceConfig config,
            Clouds clouds,
            PublicAddress address) {
        this.shares = shares;
        this.permissions = permissions;
        this.recipients = recipients;
        this.activation = activation;
        this.config = config;
        this.clouds = clouds;
        this.address = address;
    }

    /** The last step of making the demo world; one that has it is whole. */
    boolean areMade() {
        return Files.exists(config.data().resolve(PROFILE));
    }

    void make(String admin) {
        share(
                admin,
                DemoNames.SHARE,
                List.of(
                        DemoNames.ORDERS,
                        DemoNames.CUSTOMERS,
                        DemoNames.ORDER_LINES,
                        DemoNames.RETURNS,
                        DemoNames.DELIVERIES),
                WITH_HISTORY);
        share(admin, DemoNames.DAY_SHARE, List.of(DemoNames.ORDER_LINES), WITH_HISTORY.with(ONE_DAY));
        share(admin, DemoNames.SEALED_SHARE, List.of(DemoNames.PAYMENTS), ObjectWish.PLAIN);
        Region source = clouds.configs().get(0).region();
        Region remote = clouds.configs().get(1).region();
        recipient(admin, "demo-sealed", source, DemoNames.SEALED_SHARE, SEALED_PROFILE);
        recipient(admin, "demo-day", source, DemoNames.DAY_SHARE, DAY_PROFILE);
        recipient(admin, "demo-remote", remote, DemoNames.SHARE, REMOTE_PROFILE);
        recipient(admin, "demo", source, DemoNames.SHARE, PROFILE);
    }

    private void share(String admin, String name, List<TableName> tables, ObjectWish wish) {
        ShareName share = ShareName.of(name);
        Steps.ensure(() -> shares.create(admin, share, Optional.of("Part of the demo world"), UrlLife.DEFAULT));
        for (TableName table : tables)
            Steps.ensure(() -> shares.update(admin, share, SharePatch.of(new SharePatch.Add(table, wish))));
    }

    private void recipient(String admin, String name, Region region, String share, String profile) {
        RecipientName recipient = RecipientName.of(name);
        // A link that nobody kept is of no use: a recipient from a start that was cut short is made again.
        Steps.forgetting(() -> recipients.delete(admin, recipient));
        RecipientView made = recipients.create(
                admin,
                new NewRecipient(
                        recipient,
                        Optional.empty(),
                        Optional.of("Part of the demo world"),
                        Optional.empty(),
                        Map.of(REGION, region.toString()),
                        Admission.BY_TOKEN));
        permissions.change(
                admin, ShareName.of(share), List.of(new PermissionChange(recipient, PermissionChange.Kind.GRANT)));
        write(profile, activation.activate(nonce(made.activationLink().orElseThrow())));
    }

    /** Profiles name the server's address, and this start may have another one than the start that wrote them. */
    void readdress() throws IOException {
        for (String file : List.of(PROFILE, DAY_PROFILE, REMOTE_PROFILE, SEALED_PROFILE)) {
            Path profile = config.data().resolve(file);
            if (!Files.exists(profile)) continue;
            ObjectNode json = (ObjectNode) JSON.readTree(Files.readString(profile));
            if (json.path("endpoint").asText().equals(address.sharingEndpoint())) continue;
            json.put("endpoint", address.sharingEndpoint());
            PrivateFiles.write(profile, json.toPrettyString() + "\n");
        }
    }

    private static String nonce(String link) {
        String path = URI.create(link).getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void write(String file, Activation.Credential credential) {
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("shareCredentialsVersion", 1);
        profile.put("endpoint", credential.endpoint());
        profile.put("bearerToken", credential.secret());
        profile.put("expirationTime", credential.expiresAt().toString());
        PrivateFiles.write(
                config.data().resolve(file), JSON.valueToTree(profile).toPrettyString() + "\n");
    }
}
