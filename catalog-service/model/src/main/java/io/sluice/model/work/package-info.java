/** One transaction that the writes of several rooms share. */
@NullMarked
package io.sluice.model.work;

import org.jspecify.annotations.NullMarked;
