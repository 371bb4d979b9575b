package io.sluice.lake.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One commit of a table's log.
 *
 * @param actions the lines as the log has them, each an object with one field named after the action; nothing is
 *     dropped that we do not know
 */
public record TableCommit(long version, List<ObjectNode> actions) {
    public TableCommit {
        actions = List.copyOf(actions);
    }
}
