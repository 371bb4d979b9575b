package io.sluice.sharder.load;

/** What a pod tells of itself once a second. */
public record Vitals(PodTraits traits, LoadReport load) {}
