package io.sluice.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes for each pod the file that a production start reads. All pods share one data folder, because master keys and
 * the secret of file URLs lie there; what a pod tells of itself goes into a folder of its own.
 *
 * @param passwordFile of the store, unless its URL tells it
 */
record StartFiles(ClusterFolder folder, String store, Optional<Path> passwordFile) {

    Path of(PodSeat seat) {
        return folder.pods().resolve(seat.name() + ".properties");
    }

    Path log(PodSeat seat) {
        return folder.pods().resolve(seat.name() + ".log");
    }

    /** Made by the pod once it serves. */
    Path ready(PodSeat seat) {
        return ownFolder(seat).resolve("ready");
    }

    private Path ownFolder(PodSeat seat) {
        return folder.pods().resolve(seat.name());
    }

    void write(PodSeat seat) {
        StringBuilder text = new StringBuilder("# Written by ./sluice cluster at each start.\n");
        settings(seat)
                .forEach((key, value) ->
                        text.append(key).append('=').append(escaped(value)).append('\n'));
        ClusterFolder.write(of(seat), text.toString());
    }

    private Map<String, String> settings(PodSeat seat) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("sluice.data", folder.root().toString());
        settings.put("sluice.store", store);
        passwordFile.ifPresent(file -> settings.put("sluice.store-password-file", file.toString()));
        settings.put("sluice.public-url", seat.url());
        settings.put("sluice.http.port", Integer.toString(seat.port()));
        settings.put("sluice.management.port", Integer.toString(seat.managementPort()));
        settings.put("sluice.admin.token-file", folder.adminToken().toString());
        settings.put("sluice.keys.service", "local");
        settings.put("sluice.pod.name", seat.name());
        settings.put("sluice.pod.address", seat.url());
        settings.put("sluice.pod.listen", "127.0.0.1:" + seat.sharderPort());
        settings.put("sluice.pod.secret-file", folder.podSecret().toString());
        settings.put("sluice.pod.folder", ownFolder(seat).toString());
        addCloud(settings, "aws-eu-west-1", "aws", "eu-west-1");
        addCloud(settings, "azure-westeurope", "azure", "westeurope");
        return settings;
    }

    /** A folder that stands for a cloud, as in {@code ./sluice dev}. */
    private void addCloud(Map<String, String> settings, String name, String cloud, String region) {
        String prefix = "sluice.stores." + name + ".";
        settings.put(
                prefix + "root",
                folder.root().resolve("clouds").resolve(name).toUri().toString());
        settings.put(prefix + "cloud", cloud);
        settings.put(prefix + "region", region);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\");
    }
}
