/** One port for every object store, with one contract. Encryption and counting are decorators over it. */
@NullMarked
package io.sluice.lake.store;

import org.jspecify.annotations.NullMarked;
