package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.FakeServer.Asked;
import io.sluice.cli.Shell.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, groups, tokens, grants, tags and the audit log. */
class AccessTest {
    private static final String UC = "/api/2.1/unity-catalog/";
    private static final String SCIM = "/api/1.0/unity-control/scim2/";
    private static final String OURS = "/api/1.0/sluice/";

    private final FakeServer server = new FakeServer();
    private final Shell shell;

    AccessTest(@TempDir Path home) {
        shell = new Shell(home).with("SLUICE_SERVER", server.url()).with("SLUICE_TOKEN", "good-token");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void allPagesOfUsersAreRead() {
        server.on("GET " + SCIM + "Users?startIndex=1", Answer.json("""
                        {"totalResults":2,"Resources":[{"id":"1","userName":"ann","active":true}]}"""))
                .on("GET " + SCIM + "Users?startIndex=2", Answer.json("""
                        {"totalResults":2,"Resources":[{"id":"2","userName":"bob","active":false}]}"""));

        assertThat(shell.run("user", "list").out()).contains("ann", "bob").hasLineCount(3);
    }

    @Test
    void aUserIsDeletedByNameAlthoughTheWireWantsAnId() {
        server.on("GET " + SCIM + "Users?filter=userName%20eq%20%22ann%22&startIndex=1", Answer.json("""
                        {"totalResults":2,"Resources":[{"id":"0","userName":"Ann"},{"id":"7","userName":"ann"}]}"""))
                .on("DELETE " + SCIM + "Users/7", Answer.json("{}"));

        assertThat(shell.run("user", "delete", "ann").exit()).isEqualTo(2);
        assertThat(server.asked()).hasSize(1);
        assertThat(shell.run("user", "delete", "ann", "--yes").exit()).isZero();
    }

    @Test
    void aUserThatIsNotThereIsNotFound() {
        server.on(
                "GET " + SCIM + "Users?filter=userName%20eq%20%22eve%22&startIndex=1",
                Answer.json("{\"totalResults\":0,\"Resources\":[]}"));

        Run run = shell.run("user", "delete", "eve", "--yes");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("There is no user eve.");
    }

    @Test
    void membersAreAddedToThoseWhoAreThere() {
        String filter = SCIM + "Groups?filter=displayName%20eq%20%22team%22&startIndex=1";
        server.on("GET " + filter, Answer.json("""
                        {"totalResults":1,"Resources":[{"id":"9","displayName":"team",
                          "members":[{"value":"ann"},{"value":"bob"}]}]}"""))
                .on("PUT " + SCIM + "Groups/9", Answer.json("{\"members\":[{\"value\":\"ann\"},{\"value\":\"cid\"}]}"));

        assertThat(shell.run("group", "members", "team").out()).isEqualTo("member\nann\nbob\n");
        assertThat(shell.run("group", "members", "team", "--add", "cid", "--remove", "bob")
                        .out())
                .isEqualTo("member\nann\ncid\n");
        assertThat(server.asked().get(2).body())
                .isEqualTo("{\"displayName\":\"team\",\"members\":[{\"value\":\"ann\"},{\"value\":\"cid\"}]}");
    }

    @Test
    void aNewTokenIsTheResultAndItsWarningIsNot() {
        server.on("POST " + OURS + "tokens", Answer.json("{\"token_value\":\"t-new\",\"token_id\":\"i\"}"));

        Run run = shell.run("token", "create", "--user", "ann", "--lifetime", "30d", "-o", "csv");

        assertThat(run.out()).contains("t-new,i");
        assertThat(run.err()).isEqualTo("Keep the token now: it is not shown again.\n");
        assertThat(server.asked().get(0).body()).contains("\"user\":\"ann\"", "\"lifetime_seconds\":2592000");
        assertThat(shell.run("token", "create", "--lifetime", "soon").exit()).isEqualTo(2);
    }

    @Test
    void aTokenIsShownBeforeItIsRevoked() {
        server.on("GET " + OURS + "tokens", Answer.json("{\"token_infos\":[{\"token_id\":\"i\",\"user\":\"ann\"}]}"))
                .on("DELETE " + OURS + "tokens/i", Answer.json("{}"));

        assertThat(shell.run("token", "revoke", "i", "--dry-run").out()).contains("user  ann");
        assertThat(shell.run("token", "revoke", "other", "--dry-run").exit()).isEqualTo(3);
        assertThat(shell.run("token", "revoke", "i", "--yes").exit()).isZero();
    }

    @Test
    void grantsOfAnyKindOfThingAreShownForOnePrincipal() {
        server.on("GET " + UC + "permissions/metastore/metastore?principal=ann", Answer.json("""
                {"privilege_assignments":[{"principal":"ann","privileges":["CREATE CATALOG","CREATE SHARE"]}]}"""));

        assertThat(shell.run("grant", "show", "metastore", "metastore", "--principal", "ann")
                        .out())
                .contains("ann        CREATE_CATALOG CREATE_SHARE");
        assertThat(shell.run("grant", "show", "nonsense", "x").exit()).isEqualTo(2);
    }

    @Test
    void effectiveGrantsTellWhereEachCameFrom() {
        server.on("GET " + UC + "effective-permissions/table/a.b.t", Answer.json("""
                {"privilege_assignments":[{"principal":"ann","privileges":[
                  {"privilege":"SELECT"},
                  {"privilege":"USE CATALOG","inherited_from_type":"CATALOG","inherited_from_name":"a"}]}]}"""));

        assertThat(shell.run("grant", "effective", "table", "a.b.t", "-o", "csv")
                        .out())
                .isEqualTo("principal,privilege,given on,name\r\nann,SELECT,,\r\nann,USE_CATALOG,catalog,a\r\n");
    }

    @Test
    void aTagThatIsThereIsChangedAndAnotherIsMade() {
        String tags = UC + "entity-tag-assignments/tables/a.b.t/tags";
        server.on("GET " + tags, Answer.json("{\"tag_assignments\":[{\"tag_key\":\"pii\",\"tag_value\":\"no\"}]}"))
                .on("PATCH " + tags + "/pii", Answer.json("{}"))
                .on("POST " + UC + "entity-tag-assignments", Answer.json("{}"))
                .on("DELETE " + tags + "/pii", Answer.json("{}"));

        assertThat(shell.run("tag", "set", "table", "a.b.t", "pii=a=b", "seen").exit())
                .isZero();
        assertThat(server.asked())
                .extracting(Asked::body)
                .anyMatch(body -> body.contains("\"tag_key\":\"pii\",\"tag_value\":\"a=b\""))
                .anyMatch(body -> body.contains("\"tag_key\":\"seen\",\"tag_value\":\"\""));
        assertThat(shell.run("tag", "remove", "table", "a.b.t", "pii").exit()).isZero();
    }

    @Test
    void theAuditLogIsFilteredByTimeUserAndAction() {
        server.on("GET " + OURS + "audit?max_results=1000", Answer.json("""
                {"events":[
                  {"event_time":1700000000000,"user_identity":{"email":"ann"},"action_name":"createTable","request_id":"r-4"},
                  {"event_time":1600000000000,"user_identity":{"email":"bob"},"action_name":"createTable","request_id":"r-3"},
                  {"event_time":1600000000000,"user_identity":{"email":"ann"},"action_name":"getTable","request_id":"r-2"},
                  {"event_time":1500000000000,"user_identity":{"email":"ann"},"action_name":"createTable","request_id":"r-1"}]}"""));

        assertThat(audited("--user", "ann", "--action", "createTable"))
                .contains("r-4", "r-1")
                .hasLineCount(3);
        assertThat(audited("--since", "2020-01-01T00:00:00Z"))
                .contains("r-4", "r-3", "r-2")
                .hasLineCount(4);
        assertThat(audited("--user", "ann", "--limit", "1")).contains("r-4").hasLineCount(2);
        assertThat(audited("--since", "1h")).hasLineCount(1);
        assertThat(shell.run("audit", "list", "--since", "yesterday").exit()).isEqualTo(2);
    }

    private String audited(String... filter) {
        String[] words = new String[filter.length + 2];
        words[0] = "audit";
        words[1] = "list";
        System.arraycopy(filter, 0, words, 2, filter.length);
        return shell.run(words).out();
    }
}
