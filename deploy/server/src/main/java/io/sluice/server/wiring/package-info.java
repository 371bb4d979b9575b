/** Plugs the rooms into each other: each class builds one room and implements what that room asks of others. */
@NullMarked
package io.sluice.server.wiring;

import org.jspecify.annotations.NullMarked;
