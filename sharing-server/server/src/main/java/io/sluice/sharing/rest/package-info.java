/** The HTTP face: thin resources over the use cases. */
@NullMarked
package io.sluice.sharing.rest;

import org.jspecify.annotations.NullMarked;
