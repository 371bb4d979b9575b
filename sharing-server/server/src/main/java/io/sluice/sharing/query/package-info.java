/** The answers of the sharing protocol, and the ports by which it reaches tables. */
@NullMarked
package io.sluice.sharing.query;

import org.jspecify.annotations.NullMarked;
