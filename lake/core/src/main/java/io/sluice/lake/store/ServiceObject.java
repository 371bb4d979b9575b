package io.sluice.lake.store;

/**
 * An object as its service knows it: what the service needs to be told to copy it by itself.
 *
 * @param service equal for stores that one service keeps
 * @param container a bucket, or whatever the service calls it
 * @param name within the container
 */
public record ServiceObject(String service, String container, String name) {}
