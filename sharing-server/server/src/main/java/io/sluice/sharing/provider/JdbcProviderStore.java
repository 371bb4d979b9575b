package io.sluice.sharing.provider;

import io.sluice.sharing.internal.Sql;
import io.sluice.sharing.recipient.AuthenticationType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** One SQL text for SQLite and PostgreSQL. */
public final class JdbcProviderStore implements ProviderStore {
    @Override
    public boolean insert(Connection connection, Provider provider) {
        Update insert = Sql.over(connection)
                .createUpdate("INSERT INTO sharing_provider (provider_id, name, owner, comment, authentication_type,"
                        + " credentials_version, endpoint, sealed_profile, created_at, created_by, updated_at,"
                        + " updated_by) VALUES (:id, :name, :owner, :comment, :authentication, :version, :endpoint,"
                        + " :sealed, :createdAt, :createdBy, :updatedAt, :updatedBy) ON CONFLICT DO NOTHING");
        return bind(insert, provider).execute() == 1;
    }

    @Override
    public boolean update(Connection connection, Provider provider) {
        // Asked first because a violated constraint would end the whole transaction on PostgreSQL.
        if (find(connection, provider.name())
                .filter(holder -> !holder.id().equals(provider.id()))
                .isPresent()) return false;
        Update update = Sql.over(connection)
                .createUpdate("UPDATE sharing_provider SET name = :name, owner = :owner, comment = :comment,"
                        + " authentication_type = :authentication, credentials_version = :version,"
                        + " endpoint = :endpoint, sealed_profile = :sealed, created_at = :createdAt,"
                        + " created_by = :createdBy, updated_at = :updatedAt, updated_by = :updatedBy"
                        + " WHERE provider_id = :id");
        return bind(update, provider).execute() == 1;
    }

    @Override
    public void delete(Connection connection, ProviderId id) {
        Sql.over(connection)
                .createUpdate("DELETE FROM sharing_provider WHERE provider_id = :id")
                .bind("id", id.value())
                .execute();
    }

    @Override
    public Optional<Provider> find(Connection connection, ProviderName name) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_provider WHERE name = :name")
                .bind("name", name.value())
                .map(JdbcProviderStore::provider)
                .findOne();
    }

    @Override
    public List<Provider> all(Connection connection) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_provider")
                .map(JdbcProviderStore::provider)
                .list();
    }

    private static Update bind(Update statement, Provider provider) {
        KeptProfile profile = provider.profile();
        return Sql.bind(statement, provider.authorship())
                .bind("id", provider.id().value())
                .bind("name", provider.name().value())
                .bind("owner", provider.owner())
                .bind("comment", provider.comment().orElse(null))
                .bind("authentication", profile.type().name())
                .bind("version", profile.version())
                .bind("endpoint", profile.endpoint())
                .bind("sealed", profile.sealed());
    }

    private static Provider provider(ResultSet row, StatementContext context) throws SQLException {
        return new Provider(
                new ProviderId(row.getString("provider_id")),
                ProviderName.of(row.getString("name")),
                row.getString("owner"),
                Sql.text(row, "comment"),
                new KeptProfile(
                        AuthenticationType.valueOf(row.getString("authentication_type")),
                        row.getInt("credentials_version"),
                        row.getString("endpoint"),
                        row.getString("sealed_profile")),
                Sql.authorship(row));
    }
}
