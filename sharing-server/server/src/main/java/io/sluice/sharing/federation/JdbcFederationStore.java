package io.sluice.sharing.federation;

import io.sluice.sharing.internal.Json;
import io.sluice.sharing.internal.Sql;
import io.sluice.sharing.recipient.RecipientId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** One SQL text for SQLite and PostgreSQL. */
public final class JdbcFederationStore implements FederationStore {
    @Override
    public boolean insert(Connection connection, FederationPolicy policy) {
        var insert = Sql.over(connection)
                .createUpdate("INSERT INTO sharing_federation_policy (policy_id, recipient_id, name, comment, issuer,"
                        + " audiences, subject_claim, subject, created_at, created_by, updated_at, updated_by)"
                        + " VALUES (:id, :recipient, :name, :comment, :issuer, :audiences, :claim, :subject,"
                        + " :createdAt, :createdBy, :updatedAt, :updatedBy) ON CONFLICT DO NOTHING");
        return bind(insert, policy)
                        .bind("recipient", policy.recipient().value())
                        .bind("name", policy.name().value())
                        .bind("createdAt", policy.authorship().createdAt().toEpochMilli())
                        .bind("createdBy", policy.authorship().createdBy())
                        .execute()
                == 1;
    }

    @Override
    public void update(Connection connection, FederationPolicy policy) {
        var update = Sql.over(connection)
                .createUpdate("UPDATE sharing_federation_policy SET comment = :comment, issuer = :issuer,"
                        + " audiences = :audiences, subject_claim = :claim, subject = :subject,"
                        + " updated_at = :updatedAt, updated_by = :updatedBy WHERE policy_id = :id");
        bind(update, policy).execute();
    }

    @Override
    public void delete(Connection connection, FederationPolicy policy) {
        Sql.over(connection)
                .createUpdate("DELETE FROM sharing_federation_policy WHERE policy_id = :id")
                .bind("id", policy.id())
                .execute();
    }

    @Override
    public List<FederationPolicy> of(Connection connection, RecipientId recipient) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_federation_policy WHERE recipient_id = :recipient ORDER BY name")
                .bind("recipient", recipient.value())
                .map(JdbcFederationStore::policy)
                .list();
    }

    @Override
    public List<FederationPolicy> all(Connection connection) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_federation_policy")
                .map(JdbcFederationStore::policy)
                .list();
    }

    private static Update bind(Update statement, FederationPolicy policy) {
        return statement
                .bind("id", policy.id())
                .bind("comment", policy.comment().orElse(null))
                .bind("issuer", policy.oidc().issuer())
                .bind("audiences", Json.text(policy.oidc().audiences()))
                .bind("claim", policy.oidc().subjectClaim())
                .bind("subject", policy.oidc().subject())
                .bind("updatedAt", policy.authorship().updatedAt().toEpochMilli())
                .bind("updatedBy", policy.authorship().updatedBy());
    }

    private static FederationPolicy policy(ResultSet row, StatementContext context) throws SQLException {
        return new FederationPolicy(
                row.getString("policy_id"),
                new RecipientId(row.getString("recipient_id")),
                new PolicyName(row.getString("name")),
                Sql.text(row, "comment"),
                new OidcPolicy(
                        row.getString("issuer"),
                        Json.textList(row.getString("audiences")),
                        row.getString("subject_claim"),
                        row.getString("subject")),
                Sql.authorship(row));
    }
}
