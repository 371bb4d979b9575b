package io.sluice.server.pods;

import io.sluice.sharder.Resource;
import io.sluice.sharder.loan.Borrow;
import io.sluice.sharder.loan.LoanPeers;
import io.sluice.sharder.loan.Recall;
import io.sluice.sharder.store.PodLease;
import io.sluice.sharder.store.ShardStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Loans over HTTP, to the addresses at which pods serve everybody else. */
public final class LoanCalls implements LoanPeers {
    private static final Duration CONNECT_PATIENCE = Duration.ofMillis(500);
    /** Later than that it is better to try again. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int OK = 200;

    private final PodSecret secret;
    private final ShardStore store;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build();

    public LoanCalls(PodSecret secret, ShardStore store) {
        this.secret = secret;
        this.store = store;
    }

    @Override
    public CompletableFuture<Borrow.Lent> borrow(Resource lender, Borrow borrow) {
        return send(lender, LoanWire.Kind.BORROW, LoanWire.write(borrow)).thenApply(LoanWire::lent);
    }

    @Override
    public CompletableFuture<Boolean> recall(Recall recall) {
        return send(recall.borrower(), LoanWire.Kind.RECALL, LoanWire.write(recall))
                .thenApply(answer -> answer.length == 1 && answer[0] == LoanRoutes.GIVEN_BACK);
    }

    @Override
    public void restore(Recall.Over over) {
        var unused = send(over.recall().borrower(), LoanWire.Kind.RESTORE, LoanWire.write(over));
    }

    /** Whoever has left said so after it had stopped to answer. */
    @Override
    public CompletableFuture<List<Resource>> roll() {
        return CompletableFuture.supplyAsync(() -> store.roll().leases().stream()
                .filter(lease -> lease.standing() != PodLease.Standing.LEFT)
                .map(PodLease::pod)
                .toList());
    }

    private CompletableFuture<byte[]> send(Resource to, LoanWire.Kind kind, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(to.address() + kind.path))
                .timeout(PATIENCE)
                .header(LoanWire.SEAL, secret.seal(kind.path, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(LoanCalls::body);
    }

    private static byte[] body(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != OK) throw new IllegalStateException("answered " + answer.statusCode());
        return answer.body();
    }
}
