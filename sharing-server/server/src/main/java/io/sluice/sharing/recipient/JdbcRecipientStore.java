package io.sluice.sharing.recipient;

import io.sluice.sharing.internal.Json;
import io.sluice.sharing.internal.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** One SQL text for SQLite and PostgreSQL. */
public final class JdbcRecipientStore implements RecipientStore {
    @Override
    public boolean insert(Connection connection, Recipient recipient) {
        var insert = Sql.over(connection)
                .createUpdate(
                        "INSERT INTO sharing_recipient (recipient_id, name, owner, comment, metastore, properties,"
                                + " authentication_type, allowed_addresses, access_until,"
                                + " created_at, created_by, updated_at, updated_by) VALUES (:id, :name, :owner, :comment,"
                                + " :metastore, :properties, :authentication, :addresses, :until, :createdAt, :createdBy, :updatedAt, :updatedBy)"
                                + " ON CONFLICT DO NOTHING");
        return bind(insert, recipient).execute() == 1;
    }

    @Override
    public boolean update(Connection connection, Recipient recipient) {
        // Asked first because a violated constraint would end the whole transaction on PostgreSQL.
        if (find(connection, recipient.name())
                .filter(holder -> !holder.id().equals(recipient.id()))
                .isPresent()) return false;
        var update = Sql.over(connection)
                .createUpdate("UPDATE sharing_recipient SET name = :name, owner = :owner, comment = :comment,"
                        + " metastore = :metastore, properties = :properties, authentication_type = :authentication,"
                        + " allowed_addresses = :addresses, access_until = :until, created_at = :createdAt,"
                        + " created_by = :createdBy, updated_at = :updatedAt, updated_by = :updatedBy"
                        + " WHERE recipient_id = :id");
        return bind(update, recipient).execute() == 1;
    }

    @Override
    public void delete(Connection connection, RecipientId id) {
        for (String table : List.of("sharing_grant", "sharing_token", "sharing_federation_policy", "sharing_recipient"))
            Sql.over(connection)
                    .createUpdate("DELETE FROM " + table + " WHERE recipient_id = :id")
                    .bind("id", id.value())
                    .execute();
    }

    @Override
    public Optional<Recipient> find(Connection connection, RecipientName name) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_recipient WHERE name = :name")
                .bind("name", name.value())
                .map(JdbcRecipientStore::recipient)
                .findOne();
    }

    @Override
    public Optional<Recipient> find(Connection connection, RecipientId id) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_recipient WHERE recipient_id = :id")
                .bind("id", id.value())
                .map(JdbcRecipientStore::recipient)
                .findOne();
    }

    @Override
    public List<Recipient> all(Connection connection) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_recipient")
                .map(JdbcRecipientStore::recipient)
                .list();
    }

    @Override
    public void insertToken(Connection connection, RecipientToken token) {
        var insert = Sql.over(connection)
                .createUpdate(
                        "INSERT INTO sharing_token (token_id, recipient_id, nonce_hash, link_expires_at, token_hash,"
                                + " expires_at, created_at, created_by, updated_at, updated_by) VALUES (:id, :recipient, :nonce,"
                                + " :linkExpiresAt, :hash, :expiresAt, :createdAt, :createdBy, :updatedAt, :updatedBy)");
        Sql.bind(insert, token.authorship())
                .bind("id", token.id())
                .bind("recipient", token.recipient().value())
                .bind("nonce", token.nonce().hex())
                .bind("linkExpiresAt", token.linkExpiresAt().toEpochMilli())
                .bind("hash", token.hash().map(SecretHash::hex).orElse(null))
                .bind("expiresAt", token.expiresAt().toEpochMilli())
                .execute();
    }

    @Override
    public void supersedeTokens(Connection connection, RecipientId recipient, Instant end, String by, Instant now) {
        String update = "UPDATE sharing_token SET superseded = 1, updated_at = :now, updated_by = :by,"
                + " expires_at = CASE WHEN expires_at > :end THEN :end ELSE expires_at END"
                + " WHERE recipient_id = :recipient";
        changeEnds(update, connection, recipient, end, by, now);
    }

    @Override
    public void moveTokens(Connection connection, RecipientId recipient, Instant end, String by, Instant now) {
        String update = "UPDATE sharing_token SET expires_at = :end, updated_at = :now, updated_by = :by"
                + " WHERE recipient_id = :recipient AND (superseded = 0 OR expires_at > :end)";
        changeEnds(update, connection, recipient, end, by, now);
    }

    private static void changeEnds(
            String update, Connection connection, RecipientId recipient, Instant end, String by, Instant now) {
        Sql.over(connection)
                .createUpdate(update)
                .bind("recipient", recipient.value())
                .bind("end", end.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .bind("by", by)
                .execute();
    }

    @Override
    public void dropPendingTokens(Connection connection, RecipientId recipient) {
        Sql.over(connection)
                .createUpdate("DELETE FROM sharing_token WHERE recipient_id = :recipient AND token_hash IS NULL")
                .bind("recipient", recipient.value())
                .execute();
    }

    @Override
    public Optional<RecipientToken> findByNonce(Connection connection, SecretHash nonce) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_token WHERE nonce_hash = :nonce")
                .bind("nonce", nonce.hex())
                .map(JdbcRecipientStore::token)
                .findOne();
    }

    @Override
    public boolean activate(Connection connection, SecretHash nonce, SecretHash bearer, Instant now) {
        // The condition and the change are one statement: of two callers with one link the second matches no row.
        return Sql.over(connection)
                        .createUpdate(
                                "UPDATE sharing_token SET token_hash = :bearer, updated_at = :now WHERE nonce_hash ="
                                        + " :nonce AND token_hash IS NULL AND link_expires_at > :now AND expires_at > :now")
                        .bind("bearer", bearer.hex())
                        .bind("nonce", nonce.hex())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    @Override
    public List<RecipientToken> allTokens(Connection connection) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_token")
                .map(JdbcRecipientStore::token)
                .list();
    }

    @Override
    public List<RecipientToken> tokensOf(Connection connection, RecipientId recipient) {
        return Sql.over(connection)
                .createQuery(
                        "SELECT * FROM sharing_token WHERE recipient_id = :recipient ORDER BY created_at, token_id")
                .bind("recipient", recipient.value())
                .map(JdbcRecipientStore::token)
                .list();
    }

    private static Update bind(Update statement, Recipient recipient) {
        return Sql.bind(statement, recipient.authorship())
                .bind("id", recipient.id().value())
                .bind("name", recipient.name().value())
                .bind("owner", recipient.owner())
                .bind("comment", recipient.comment().orElse(null))
                .bind("metastore", recipient.metastore().orElse(null))
                .bind("properties", Json.text(recipient.properties()))
                .bind("authentication", recipient.admission().type().name())
                .bind("addresses", Json.text(recipient.admission().addresses().texts()))
                .bind(
                        "until",
                        recipient.admission().until().map(Instant::toEpochMilli).orElse(null));
    }

    private static Recipient recipient(ResultSet row, StatementContext context) throws SQLException {
        return new Recipient(
                new RecipientId(row.getString("recipient_id")),
                RecipientName.of(row.getString("name")),
                row.getString("owner"),
                Sql.text(row, "comment"),
                Sql.text(row, "metastore"),
                Json.texts(row.getString("properties")),
                new Admission(
                        AuthenticationType.valueOf(row.getString("authentication_type")),
                        IpAccessList.of(Json.textList(row.getString("allowed_addresses"))),
                        Sql.optionalInstant(row, "access_until")),
                Sql.authorship(row));
    }

    private static RecipientToken token(ResultSet row, StatementContext context) throws SQLException {
        return new RecipientToken(
                row.getString("token_id"),
                new RecipientId(row.getString("recipient_id")),
                new SecretHash(row.getString("nonce_hash")),
                Sql.instant(row, "link_expires_at"),
                Sql.text(row, "token_hash").map(SecretHash::new),
                Sql.instant(row, "expires_at"),
                row.getLong("superseded") != 0,
                Sql.authorship(row));
    }
}
