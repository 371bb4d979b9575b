package io.sluice.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.name.TableName;
import io.sluice.model.place.Lane;
import io.sluice.model.place.Region;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class ReplicaStoreContract {
    private ReplicaStore store;

    abstract ReplicaStore create();

    @BeforeEach
    void openStore() {
        store = create();
    }

    @Test
    void whatIsAddedIsFoundAgain() {
        Replica replica = replica("orders_eu", "s3://b/orders");
        store.add(replica);

        assertThat(store.find("orders_eu")).contains(replica);
        assertThat(store.find("orders_us")).isEmpty();
        assertThat(store.list()).containsExactly(replica);
        assertThat(store.ofTable("table-1")).containsExactly(replica);
        assertThat(store.ofTable("table-2")).isEmpty();
    }

    @Test
    void namesAndTargetsAreTakenOnce() {
        store.add(replica("orders_eu", "s3://b/orders"));

        assertThatThrownBy(() -> store.add(replica("orders_eu", "s3://b/elsewhere")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Choose another name");
        assertThatThrownBy(() -> store.add(replica("orders_us", "s3://b/orders")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("orders_eu");
    }

    @Test
    void aRemovedReplicaIsGone() {
        store.add(replica("orders_eu", "s3://b/orders"));

        assertThat(store.remove("orders_eu")).isTrue();
        assertThat(store.remove("orders_eu")).isFalse();
        assertThat(store.list()).isEmpty();
    }

    private static Replica replica(String name, String target) {
        return new Replica(
                "id of " + name + target,
                name,
                TableName.parse("sales.public.orders"),
                "table-1",
                URI.create("file:///lake/orders"),
                URI.create(target),
                ReplicaKind.SQUASH,
                "sales",
                new Lane(Region.parse("aws:eu-west-1"), Region.parse("azure:westeurope")),
                Instant.parse("2026-05-01T00:00:00Z"));
    }
}
