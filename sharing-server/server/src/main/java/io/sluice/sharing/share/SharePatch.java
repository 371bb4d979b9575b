package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.sharing.Authorship;
import io.sluice.sharing.asset.AssetKind;
import java.util.List;
import java.util.Optional;

/** What to change of a share; what is empty stays. An empty comment text removes the comment. */
public record SharePatch(
        Optional<ShareName> newName,
        Optional<String> owner,
        Optional<String> comment,
        Optional<UrlLife> urlLife,
        List<ObjectChange> changes) {
    private static final int MAX_CHANGES = 100;

    public SharePatch {
        changes = List.copyOf(changes);
        if (changes.size() > MAX_CHANGES)
            throw Failure.invalid(
                    "The patch has %d updates. At most %d are taken at once: send several patches.",
                    changes.size(), MAX_CHANGES);
    }

    /** Only of what is in the share. */
    public static SharePatch of(ObjectChange... changes) {
        return new SharePatch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(changes));
    }

    public static SharePatch ofOwner(String owner) {
        return new SharePatch(Optional.empty(), Optional.of(owner), Optional.empty(), Optional.empty(), List.of());
    }

    public sealed interface ObjectChange {}

    public sealed interface TableChange extends ObjectChange {
        TableName table();

        /** Empty for what is only removed. */
        Optional<ObjectWish> wished();
    }

    public record Add(TableName table, ObjectWish wish) implements TableChange {
        @Override
        public Optional<ObjectWish> wished() {
            return Optional.of(wish);
        }
    }

    public record Remove(TableName table) implements TableChange {
        @Override
        public Optional<ObjectWish> wished() {
            return Optional.empty();
        }
    }

    public record Update(TableName table, ObjectWish wish) implements TableChange {
        @Override
        public Optional<ObjectWish> wished() {
            return Optional.of(wish);
        }
    }

    public sealed interface SchemaChange extends ObjectChange {
        SchemaName schema();
    }

    public record AddSchema(SchemaName schema, SchemaWish wish) implements SchemaChange {}

    public record RemoveSchema(SchemaName schema) implements SchemaChange {}

    public record UpdateSchema(SchemaName schema, SchemaWish wish) implements SchemaChange {}

    /** Of a volume or model. */
    public sealed interface AssetChange extends ObjectChange {
        AssetKind kind();

        TableName name();
    }

    public record AddAsset(AssetKind kind, TableName name, AssetWish wish) implements AssetChange {}

    public record RemoveAsset(AssetKind kind, TableName name) implements AssetChange {}

    public record UpdateAsset(AssetKind kind, TableName name, AssetWish wish) implements AssetChange {}

    Share applyTo(Share share, Authorship authorship) {
        return new Share(
                share.id(),
                newName.orElse(share.name()),
                owner.orElse(share.owner()),
                comment.isPresent() ? comment.filter(text -> !text.isEmpty()) : share.comment(),
                urlLife.orElse(share.urlLife()),
                authorship);
    }
}
