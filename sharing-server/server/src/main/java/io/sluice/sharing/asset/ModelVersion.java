package io.sluice.sharing.asset;

import java.util.Optional;

/** A version of a model whose files are all there and do not change any more. */
public record ModelVersion(
        String id, long number, String location, String source, Optional<String> runId, Optional<String> comment) {}
