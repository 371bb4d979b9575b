/** Maps as bytes, for the network and for the store. */
@NullMarked
package io.sluice.sharder.codec;

import org.jspecify.annotations.NullMarked;
