/** Volumes and models in shares: folders of files, for which recipients get credentials. */
@NullMarked
package io.sluice.sharing.asset;

import org.jspecify.annotations.NullMarked;
