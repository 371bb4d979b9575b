/** Shared by the packages of this module only. */
@NullMarked
package io.sluice.sharing.internal;

import org.jspecify.annotations.NullMarked;
