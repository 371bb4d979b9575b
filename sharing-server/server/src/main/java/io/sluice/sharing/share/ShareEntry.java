package io.sluice.sharing.share;

import io.sluice.sharing.recipient.RecipientId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A share with all that decides who reads what in it.
 *
 * @param objects in the order of the names that recipients see
 */
public record ShareEntry(Share share, List<SharedObject> objects, Set<RecipientId> readers) {
    public ShareEntry {
        objects = objects.stream()
                .sorted(Comparator.comparing(SharedObject::sharedAs))
                .toList();
        readers = Set.copyOf(readers);
    }

    public Optional<SharedObject> object(SharedAs name) {
        return objects.stream().filter(object -> object.sharedAs().equals(name)).findFirst();
    }

    public boolean holds(String tableId) {
        return objects.stream().anyMatch(object -> object.tableId().equals(tableId));
    }
}
