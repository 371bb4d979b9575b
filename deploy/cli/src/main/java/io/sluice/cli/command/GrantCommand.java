package io.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "grant", description = "Who may do what. TYPE is metastore, catalog, schema, table or share.")
public final class GrantCommand extends Noun {

    @Command(name = "list", description = "List the grants on a thing.")
    int list(
            @Mixin Common common,
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "NAME") String name) {
        return common.show(server -> Answer.many(
                server.get(permissions(SecurableType.parse(type), name)), "privilege_assignments", COLUMNS));
    }

    @Command(name = "add", description = "Grant privileges to a user, or a share to a recipient.")
    int add(
            @Mixin Common common,
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "PRINCIPAL") String principal,
            @Parameters(paramLabel = "PRIVILEGE", arity = "1..*") List<String> privileges) {
        return change(common, type, name, principal, "add", privileges);
    }

    @Command(name = "remove", description = "Take privileges back.")
    int remove(
            @Mixin Common common,
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "PRINCIPAL") String principal,
            @Parameters(paramLabel = "PRIVILEGE", arity = "1..*") List<String> privileges) {
        return change(common, type, name, principal, "remove", privileges);
    }

    static final Column[] COLUMNS = {Column.text("principal", "principal"), Column.words("privileges", "privileges")};

    private static int change(
            Common common, String type, String name, String principal, String verb, List<String> privileges) {
        Route route = permissions(SecurableType.parse(type), name);
        ObjectNode body = changeOf(principal, verb, privileges);
        return common.show(server -> Answer.many(server.patch(route, body), "privilege_assignments", COLUMNS));
    }

    static ObjectNode changeOf(String principal, String verb, List<String> privileges) {
        ObjectNode change = Json.object().put("principal", principal);
        ArrayNode named = change.putArray(verb);
        privileges.forEach(privilege -> named.add(Privilege.parse(privilege).name()));
        return Json.object().set("changes", Json.array().add(change));
    }

    /** Shares keep their grants under a path of their own, as on the hosted wire. */
    static Route permissions(SecurableType type, String name) {
        return type == SecurableType.SHARE
                ? Route.catalog("shares", name, "permissions")
                : Route.catalog("permissions", type.wireName(), name);
    }
}
