package io.sluice.sharing.recipient;

/** Is told after each committed change to what recipients may do. */
@FunctionalInterface
public interface DirectoryChanges {
    void changed();
}
