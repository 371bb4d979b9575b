package io.sluice.sharder;

import java.util.ArrayList;
import java.util.List;

/**
 * What two maps do not share, each side in the order of the keys.
 *
 * @param gone what only the older one has
 * @param come what only the newer one has
 */
record Turnover(List<Tenure> gone, List<Tenure> come) {
    /** What both share is mostly the very same objects, so this is little more than a walk over two lists. */
    static Turnover between(Assignment before, Assignment after) {
        List<Tenure> old = before.tenures();
        List<Tenure> next = after.tenures();
        List<Tenure> gone = new ArrayList<>();
        List<Tenure> come = new ArrayList<>();
        int at = 0;
        for (Tenure tenure : next) {
            if (at < old.size() && old.get(at) == tenure) {
                at++;
                continue;
            }
            while (at < old.size() && low(old.get(at)).compareTo(low(tenure)) < 0) gone.add(old.get(at++));
            if (at < old.size() && old.get(at).equals(tenure)) at++;
            else come.add(tenure);
        }
        gone.addAll(old.subList(at, old.size()));
        return new Turnover(gone, come);
    }

    private static SliceKey low(Tenure tenure) {
        return tenure.slice().low();
    }
}
