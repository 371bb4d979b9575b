package io.sluice.lake.store;

import java.time.Instant;

public record ObjectInfo(String key, long length, Instant modified) {}
