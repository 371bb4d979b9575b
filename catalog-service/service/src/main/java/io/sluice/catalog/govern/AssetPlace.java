package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.snapshot.AssetNode;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.SchemaName;
import io.sluice.model.work.Territory;
import java.util.Optional;

/** Where an asset is, at one instant, and who may do what there. */
sealed interface AssetPlace {
    Assets.Key key();

    Optional<AssetNode> find();

    Territory territory();

    String log();

    String parentId();

    boolean mayCreate(Caller caller);

    boolean maySee(AssetNode asset, Caller caller);

    boolean mayUse(AssetNode asset, Caller caller, Privilege privilege);

    boolean controls(AssetNode asset, Caller caller);

    default AssetNode get() {
        return find().orElseThrow(() -> Failure.notFound(Subject.ANYTHING, "There is no %s %s.", key().kind(), key()));
    }

    record InMetastore(RootSnapshot root, Assets.Key key) implements AssetPlace {
        @Override
        public Optional<AssetNode> find() {
            return root.assets().find(key.type(), key.name());
        }

        @Override
        public Territory territory() {
            return Territory.ROOT;
        }

        @Override
        public String log() {
            return root.log();
        }

        @Override
        public String parentId() {
            return root.metastore().id();
        }

        @Override
        public boolean mayCreate(Caller caller) {
            return Authorizer.mayOnMetastore(
                    root,
                    caller,
                    key.type() == SecurableType.CREDENTIAL
                            ? Privilege.CREATE_STORAGE_CREDENTIAL
                            : Privilege.CREATE_EXTERNAL_LOCATION);
        }

        @Override
        public boolean maySee(AssetNode asset, Caller caller) {
            return Authorizer.maySee(root, asset, caller);
        }

        @Override
        public boolean mayUse(AssetNode asset, Caller caller, Privilege privilege) {
            return Authorizer.mayUse(root, asset, caller, privilege);
        }

        @Override
        public boolean controls(AssetNode asset, Caller caller) {
            return Authorizer.controls(root, asset, caller);
        }
    }

    record InSchema(Locator.InCatalog in, SchemaName schema, Assets.Key key) implements AssetPlace {
        @Override
        public Optional<AssetNode> find() {
            return node().assets().find(key.type(), key.name());
        }

        @Override
        public Territory territory() {
            return Territory.of(schema.catalog());
        }

        @Override
        public String log() {
            return in.catalog().catalog().id();
        }

        @Override
        public String parentId() {
            return node().schema().id();
        }

        @Override
        public boolean mayCreate(Caller caller) {
            return Authorizer.mayCreate(in.root(), in.catalog(), node(), caller, privilegeToCreate());
        }

        @Override
        public boolean maySee(AssetNode asset, Caller caller) {
            return Authorizer.maySee(in.root(), in.catalog(), node(), asset, caller);
        }

        @Override
        public boolean mayUse(AssetNode asset, Caller caller, Privilege privilege) {
            return Authorizer.mayUse(in.root(), in.catalog(), node(), asset, caller, privilege);
        }

        @Override
        public boolean controls(AssetNode asset, Caller caller) {
            return Authorizer.controls(in.root(), in.catalog(), node(), asset, caller);
        }

        private SchemaNode node() {
            return in.schema(schema);
        }

        private Privilege privilegeToCreate() {
            return switch (key.type()) {
                case VOLUME -> Privilege.CREATE_VOLUME;
                case FUNCTION -> Privilege.CREATE_FUNCTION;
                case REGISTERED_MODEL -> Privilege.CREATE_MODEL;
                default -> throw new IllegalStateException("not an asset of a schema: " + key.type());
            };
        }
    }
}
