package io.sluice.sharing.recipient;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Recipients and their tokens. Every call works on the connection of an open transaction. */
public interface RecipientStore {
    /** False when the name is taken. */
    boolean insert(Connection connection, Recipient recipient);

    /** False when the new name is taken. Requires: the recipient exists. */
    boolean update(Connection connection, Recipient recipient);

    /** With tokens and grants. */
    void delete(Connection connection, RecipientId id);

    Optional<Recipient> find(Connection connection, RecipientName name);

    Optional<Recipient> find(Connection connection, RecipientId id);

    List<Recipient> all(Connection connection);

    void insertToken(Connection connection, RecipientToken token);

    /** Takes the end of all tokens forward to {@code end}; one that ends sooner stays. None can be prolonged then. */
    void supersedeTokens(Connection connection, RecipientId recipient, Instant end, String by, Instant now);

    /** Gives the token in force another end, later or sooner; for superseded ones it can only be sooner. */
    void moveTokens(Connection connection, RecipientId recipient, Instant end, String by, Instant now);

    /** Forgets tokens whose link was never used. */
    void dropPendingTokens(Connection connection, RecipientId recipient);

    Optional<RecipientToken> findByNonce(Connection connection, SecretHash nonce);

    /** True for exactly one caller per nonce, and only while link and token live. */
    boolean activate(Connection connection, SecretHash nonce, SecretHash bearer, Instant now);

    List<RecipientToken> allTokens(Connection connection);

    List<RecipientToken> tokensOf(Connection connection, RecipientId recipient);
}
