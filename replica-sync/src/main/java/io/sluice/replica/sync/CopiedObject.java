package io.sluice.replica.sync;

import io.sluice.replica.plan.CopyItem;

/**
 * An object that is at the target now.
 *
 * @param length as stored there
 * @param crc32c of the bytes sent; meaningless when nothing was sent
 * @param moved whether this sync brought it; false when it was there already
 */
record CopiedObject(CopyItem item, long length, long crc32c, boolean moved) {}
