package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.Page;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.share.PermissionChange;
import io.sluice.sharing.share.PermissionChange.Kind;
import io.sluice.sharing.share.ShareName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Grants on shares in the hosted management API. SELECT is the only privilege. */
public final class PermissionsJson {
    private PermissionsJson() {}

    public record Patch(List<PermissionChange> changes, boolean answersList) {}

    public static Patch patch(byte[] bytes) {
        ManagementBody body = ManagementBody.of(
                "the patch", Json.body(bytes), Set.of("name", "changes", "omit_permissions_list"), Set.of());
        List<PermissionChange> changes = new ArrayList<>();
        for (ObjectNode change : body.objects("changes")) changes.addAll(changes(change));
        return new Patch(changes, !body.flag("omit_permissions_list"));
    }

    public static ObjectNode readers(List<RecipientName> readers) {
        ObjectNode json = Json.object();
        ArrayNode assignments = json.putArray("privilege_assignments");
        readers.forEach(reader -> assignments.add(assignment(reader)));
        return json;
    }

    public static ObjectNode sharesOf(RecipientName recipient, Page<ShareName> shares) {
        ObjectNode json = Json.object();
        ArrayNode out = json.putArray("permissions_out");
        for (ShareName share : shares.items()) {
            ObjectNode permission = out.addObject().put("share_name", share.value());
            permission.putArray("privilege_assignments").add(assignment(recipient));
        }
        shares.nextToken().ifPresent(token -> json.put("next_page_token", token));
        return json;
    }

    private static ObjectNode assignment(RecipientName principal) {
        ObjectNode json = Json.object().put("principal", principal.value());
        json.putArray("privileges").add("SELECT");
        return json;
    }

    private static List<PermissionChange> changes(ObjectNode json) {
        ManagementBody body =
                ManagementBody.of("the change", json, Set.of("principal", "add", "remove"), Set.of("principal_id"));
        RecipientName recipient = RecipientName.of(body.requiredText("principal"));
        List<PermissionChange> changes = new ArrayList<>();
        for (String privilege : body.texts("add")) changes.add(change(recipient, privilege, Kind.GRANT));
        for (String privilege : body.texts("remove")) changes.add(change(recipient, privilege, Kind.REVOKE));
        return changes;
    }

    private static PermissionChange change(RecipientName recipient, String privilege, Kind kind) {
        if (!privilege.equals("SELECT"))
            throw Failure.invalid("The privilege \"%s\" cannot be given on a share. Use SELECT.", privilege);
        return new PermissionChange(recipient, kind);
    }
}
