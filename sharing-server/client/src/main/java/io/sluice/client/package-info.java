/**
 * A recipient's client for the open Delta Sharing protocol: the JDK's HTTP client, Jackson, and nothing else. Start with
 * {@link io.sluice.client.Profile#read} and {@link io.sluice.client.SharingClient}. It lists, queries and downloads
 * files; reading the rows inside of the Parquet files is left to a later version.
 */
@NullMarked
package io.sluice.client;

import org.jspecify.annotations.NullMarked;
