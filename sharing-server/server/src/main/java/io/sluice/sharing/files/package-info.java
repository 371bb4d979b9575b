/** The bytes behind the URLs: tokens, ranges, and the end of a stream when a key is withdrawn. */
@NullMarked
package io.sluice.sharing.files;

import org.jspecify.annotations.NullMarked;
