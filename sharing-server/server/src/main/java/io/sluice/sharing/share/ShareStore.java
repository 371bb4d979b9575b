package io.sluice.sharing.share;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/** Shares, their objects and grants. Every call works on the connection of an open transaction. */
public interface ShareStore {
    /** False when the name is taken. */
    boolean insert(Connection connection, Share share);

    /** False when the new name is taken. Requires: the share exists. */
    boolean update(Connection connection, Share share);

    /** With all that is in it, and grants. */
    void delete(Connection connection, ShareId id);

    Optional<Share> find(Connection connection, ShareName name);

    List<Share> all(Connection connection);

    /** False when the table, or the name it is to be shared as, is in the share already. */
    boolean addObject(Connection connection, SharedObject object);

    /** False when the share does not hold the table. */
    boolean removeObject(Connection connection, SharedObject object);

    List<SharedObject> objectsOf(Connection connection, ShareId share);

    List<SharedObject> allObjects(Connection connection);

    /** False when the schema, or the name it is to be shared as, is in the share already. */
    boolean addSchema(Connection connection, SharedSchema schema);

    void removeSchema(Connection connection, SharedSchema schema);

    List<SharedSchema> schemasOf(Connection connection, ShareId share);

    List<SharedSchema> allSchemas(Connection connection);

    /** False when the asset, or the name it is to be shared as, is in the share already. */
    boolean addAsset(Connection connection, SharedAsset asset);

    void removeAsset(Connection connection, SharedAsset asset);

    List<SharedAsset> assetsOf(Connection connection, ShareId share);

    List<SharedAsset> allAssets(Connection connection);

    /** A grant that stands already stands on. */
    void grant(Connection connection, ShareGrant grant);

    void revoke(Connection connection, ShareGrant grant);

    List<ShareGrant> allGrants(Connection connection);
}
