/** One sync: plan, copy, verify, commit, receipt; a machine that decides and a runner that does. */
@NullMarked
package io.sluice.replica.sync;

import org.jspecify.annotations.NullMarked;
