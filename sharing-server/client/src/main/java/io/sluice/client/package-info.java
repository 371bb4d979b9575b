/**
 * A recipient's client for the open Delta Sharing protocol, without Spark and Hadoop. Start with
 * {@link io.sluice.client.Profile#read} and {@link io.sluice.client.SharingClient}: it lists, reads rows and changes, and
 * hands out the files behind them. Rows are read file by file; what is in memory is a page of the file list and a page of
 * each column.
 */
@NullMarked
package io.sluice.client;

import org.jspecify.annotations.NullMarked;
