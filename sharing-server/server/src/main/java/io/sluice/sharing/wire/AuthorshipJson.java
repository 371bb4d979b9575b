package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.Authorship;

final class AuthorshipJson {
    private AuthorshipJson() {}

    static void put(ObjectNode json, Authorship authorship) {
        json.put("created_at", authorship.createdAt().toEpochMilli());
        json.put("created_by", authorship.createdBy());
        json.put("updated_at", authorship.updatedAt().toEpochMilli());
        json.put("updated_by", authorship.updatedBy());
    }
}
