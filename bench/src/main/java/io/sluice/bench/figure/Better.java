package io.sluice.bench.figure;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In which direction a figure improves. */
public enum Better {
    @JsonProperty("more")
    MORE,
    @JsonProperty("less")
    LESS
}
