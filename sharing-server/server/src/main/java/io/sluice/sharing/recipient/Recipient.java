package io.sluice.sharing.recipient;

import io.sluice.model.failure.Failure;
import io.sluice.model.place.Region;
import io.sluice.sharing.Authorship;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody outside who reads what was granted.
 *
 * @param metastore their global metastore id, {@code cloud:region:uuid}; says where they read from
 */
public record Recipient(
        RecipientId id,
        RecipientName name,
        String owner,
        Optional<String> comment,
        Optional<String> metastore,
        Map<String, String> properties,
        Admission admission,
        Authorship authorship) {
    /** Where the recipient reads from, for those without a metastore id. Written {@code aws:eu-west-1}. */
    public static final String REGION_PROPERTY = "sluice.region";

    private static final int MAX_PROPERTIES = 50;

    public Recipient {
        properties = Map.copyOf(properties);
        if (owner.isBlank())
            throw Failure.invalid("The recipient \"%s\" has no owner. Name one, or leave the field out.", name);
        if (properties.size() > MAX_PROPERTIES)
            throw Failure.invalid(
                    "The recipient \"%s\" has %d properties. At most %d are allowed.",
                    name, properties.size(), MAX_PROPERTIES);
        regionOf(metastore, properties); // a region that cannot be read is refused where it is written
    }

    /** Among the users of the audit log: no principal has a name like it. */
    public String auditName() {
        return "recipient/" + name;
    }

    public Optional<Region> region() {
        return regionOf(metastore, properties);
    }

    private static Optional<Region> regionOf(Optional<String> metastore, Map<String, String> properties) {
        return metastore
                .or(() -> Optional.ofNullable(properties.get(REGION_PROPERTY)))
                .map(Region::parse);
    }
}
