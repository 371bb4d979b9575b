package io.sluice.bench.path;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Rounds;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** How fast new files reach a replica, against copying the same files on the same disk and waiting until they are on it. */
final class SyncAgainstCopy {
    private static final String TABLE = "bench_synced";
    private static final int ROUNDS = 5;
    private static final int FILES_A_ROUND = 16;
    private static final int FILE_SIZE = 4 << 20;
    private static final double MEGABYTES = FILES_A_ROUND * (double) FILE_SIZE / 1e6;

    private final BenchWorld world;
    private final SplittableRandom random = new SplittableRandom(20_261_121);
    private int nextFile;

    SyncAgainstCopy(BenchWorld world) {
        this.world = world;
    }

    Figure measure() throws Exception {
        LogOfFiles table = world.newTable(TABLE);
        world.newReplica(TABLE, TABLE);
        Path copies = Files.createDirectories(world.server().data().resolveSibling("copies"));
        addFiles(table);
        world.sync(TABLE);
        List<Path> lastAdded = new ArrayList<>();
        Rounds rounds = Rounds.of(
                ROUNDS,
                () -> {
                    lastAdded.clear();
                    lastAdded.addAll(addFiles(table));
                    return speedOf(() -> world.sync(TABLE));
                },
                () -> {
                    if (lastAdded.isEmpty()) lastAdded.addAll(writeFiles(table.folder()));
                    return speedOf(() -> copy(lastAdded, copies));
                });
        return Figure.alone("sync_vs_file_copy", rounds.value(), "MB/s", Better.MORE)
                .against("copying the same files, flushed", rounds.ratio());
    }

    private interface Step {
        void run() throws Exception;
    }

    private static double speedOf(Step step) throws Exception {
        long begun = System.nanoTime();
        step.run();
        return MEGABYTES * 1e9 / (System.nanoTime() - begun);
    }

    private List<Path> addFiles(LogOfFiles table) throws IOException {
        List<Path> files = writeFiles(table.folder());
        table.add(files.stream().map(file -> file.getFileName().toString()).toList(), FILE_SIZE);
        return files;
    }

    private List<Path> writeFiles(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        byte[] bytes = new byte[FILE_SIZE];
        for (int i = 0; i < FILES_A_ROUND; i++) {
            random.nextBytes(bytes);
            files.add(Files.write(folder.resolve("part-%05d.parquet".formatted(nextFile++)), bytes));
        }
        return files;
    }

    private static void copy(List<Path> files, Path folder) throws IOException {
        for (Path file : files) {
            try (FileChannel from = FileChannel.open(file);
                    FileChannel to = FileChannel.open(
                            folder.resolve(file.getFileName()),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                long size = from.size();
                long done = 0;
                while (done < size) done += from.transferTo(done, size - done, to);
                to.force(true);
            }
        }
    }
}
