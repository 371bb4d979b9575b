package io.sluice.bench.sharder;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients who read tables, the first ones much more often than the last, each at a steady pace and through any pod. When
 * a pod refuses the connection they try the next one, as a load balancer does; whatever else goes wrong is a failure.
 */
final class Readers implements AutoCloseable {
    private static final double ZIPF = 0.99;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<URI> pods;
    private final ManyCatalogs world;
    private final String token;
    private final double[] upTo;
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final List<Thread> threads = new ArrayList<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private volatile boolean isOver;

    Readers(List<URI> pods, ManyCatalogs world, String token) {
        this.pods = List.copyOf(pods);
        this.world = world;
        this.token = token;
        this.upTo = new double[world.tables()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += Math.pow(i + 1.0, -ZIPF);
            upTo[i] = sum;
        }
    }

    void start(int count, Duration pause) {
        for (int i = 0; i < count; i++) {
            SplittableRandom random = new SplittableRandom(i);
            Thread thread = new Thread(() -> read(random, pause), "reader-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    /** With the body of the table that was asked for. */
    long answered() {
        return answered.sum();
    }

    long failed() {
        return failed.sum();
    }

    private void read(SplittableRandom random, Duration pause) {
        while (!isOver) {
            try {
                if (readOne(random)) answered.increment();
                else failed.increment();
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private boolean readOne(SplittableRandom random) throws InterruptedException {
        String path = world.path(table(random));
        int first = random.nextInt(pods.size());
        for (int i = 0; i < pods.size(); i++) {
            URI pod = pods.get((first + i) % pods.size());
            try {
                return succeeds(pod, path);
            } catch (ConnectException e) {
                // The next one, then.
            } catch (IOException e) {
                System.out.printf("%s%s failed: %s%n", pod, path, e);
                return false;
            }
        }
        System.out.printf("no pod accepts a connection for %s%n", path);
        return false;
    }

    private boolean succeeds(URI pod, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(pod.resolve(path))
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) return true;
        System.out.printf("%s%s answered %d: %s%n", pod, path, answer.statusCode(), answer.body());
        return false;
    }

    private int table(SplittableRandom random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble(upTo[upTo.length - 1]));
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public void close() throws InterruptedException {
        isOver = true;
        for (Thread thread : threads) thread.join();
    }
}
