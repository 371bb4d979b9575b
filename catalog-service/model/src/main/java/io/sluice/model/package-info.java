/**
 * The words of the house: names, places, money, grants, failures, usage and the unit of work. Plain values without
 * I/O; every other room may use them and none of them knows another room. Start with {@link
 * io.sluice.model.name.TableName} and {@link io.sluice.model.failure.Failure}.
 */
@NullMarked
package io.sluice.model;

import org.jspecify.annotations.NullMarked;
