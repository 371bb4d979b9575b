package io.sluice.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A range of a table's versions, both ends included: from a version or the first one since a time, up to a version, the
 * last one before a time, or the newest.
 */
public record ChangeRange(
        OptionalLong fromVersion, Optional<Instant> fromTime, OptionalLong toVersion, Optional<Instant> toTime) {
    public ChangeRange {
        if (fromVersion.isPresent() == fromTime.isPresent())
            throw new IllegalArgumentException("Give a version or a time to begin with.");
        if (toVersion.isPresent() && toTime.isPresent())
            throw new IllegalArgumentException("Give a version or a time to end with, not both.");
    }

    public static ChangeRange since(long version) {
        return new ChangeRange(OptionalLong.of(version), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }

    public static ChangeRange since(Instant time) {
        return new ChangeRange(OptionalLong.empty(), Optional.of(time), OptionalLong.empty(), Optional.empty());
    }

    public ChangeRange until(long version) {
        return new ChangeRange(fromVersion, fromTime, OptionalLong.of(version), Optional.empty());
    }

    public ChangeRange until(Instant time) {
        return new ChangeRange(fromVersion, fromTime, OptionalLong.empty(), Optional.of(time));
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        fromVersion.ifPresent(version -> parameters.put("startingVersion", String.valueOf(version)));
        fromTime.ifPresent(time -> parameters.put("startingTimestamp", time.toString()));
        toVersion.ifPresent(version -> parameters.put("endingVersion", String.valueOf(version)));
        toTime.ifPresent(time -> parameters.put("endingTimestamp", time.toString()));
        return parameters;
    }
}
