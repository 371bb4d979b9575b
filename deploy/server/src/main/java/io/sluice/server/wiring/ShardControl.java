package io.sluice.server.wiring;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.List;

/** What an operator sees and steers of the sharder. Answered by every pod alike. */
public interface ShardControl {
    /** How things stand, as text. */
    String page();

    /** While frozen, nothing is moved for the sake of balance; the slices of the dead are given to others all the same. */
    void freeze(boolean isFrozen);

    /**
     * Asks the pod to give its slices to others, or takes that wish back. It stays up and forwards.
     *
     * @return false if there is no pod of that name
     */
    boolean drain(String pod, boolean isDrained);

    /** Where the load is, hottest first. */
    Heat heat(int most);

    /** What was measured of the whole cluster. */
    record Heat(List<HotSlice> slices, List<HotKey> keys) {
        public Heat {
            slices = List.copyOf(slices);
            keys = List.copyOf(keys);
        }
    }

    /** @param perSecond requests, as far as the last seconds tell */
    record HotSlice(Slice slice, Resource owner, double perSecond) {}

    /** @param perSecond requests, as far as the last seconds tell */
    record HotKey(SliceKey key, double perSecond) {}
}
