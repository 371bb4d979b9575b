/** What several tests share. */
@NullMarked
package io.sluice.sharder.testkit;

import org.jspecify.annotations.NullMarked;
