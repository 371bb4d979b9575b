/**
 * The one program. Here alone do all rooms meet: {@code wiring} plugs them into each other, {@code http} holds what all
 * faces share, {@code api} is Sluice's own face, {@code demo} the world that a newcomer finds. Start with {@link
 * io.sluice.server.SluiceMain}.
 */
@NullMarked
package io.sluice.server;

import org.jspecify.annotations.NullMarked;
