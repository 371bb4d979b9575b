package io.sluice.sharder.store;

/**
 * The assigner in office.
 *
 * @param name of its pod, for people
 * @param address where slicelets find it
 * @param incarnation grows from one leader to the next; the generations that it makes begin with it
 * @param renewals counts signs of life; {@link #ABDICATED} when it has gone
 */
public record Leader(String name, String address, long incarnation, long renewals) {
    public static final long ABDICATED = -1;

    public boolean hasAbdicated() {
        return renewals == ABDICATED;
    }
}
