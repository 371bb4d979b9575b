package io.sluice.sharder.membership;

/** News of a pod. */
public record PodNotice(Kind kind, PodSighting pod) {
    /** In the order in which a pod goes through most of them; it may go back and forth between ready and not. */
    public enum Kind {
        /** Seen for the first time, and not ready. */
        APPEARED,
        READY,
        NOT_READY,
        /** Its zone is known by now; nothing else has changed. */
        LOCATED,
        /** It will end; its slices should move while it can still hand on their state. */
        TERMINATING,
        GONE
    }
}
