package io.sluice.bench.sharder;

import io.sluice.bench.server.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Small catalogs of one schema each. Tables that follow each other by number lie in different catalogs. */
record ManyCatalogs(int catalogs, int tables) {
    private static final int AT_ONCE = 8;
    private static final String API = "/api/2.1/unity-catalog";

    String path(int table) {
        return API + "/tables/" + fullName(table);
    }

    private String fullName(int table) {
        return "c%03d.s.t%05d".formatted(table % catalogs, table);
    }

    /** @param pods the same server by several addresses */
    void make(List<Api> pods) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> made = new ArrayList<>();
            for (int i = 0; i < catalogs; i++) {
                int catalog = i;
                made.add(threads.submit(() -> {
                    make(pods.get(catalog % pods.size()), catalog);
                    return null;
                }));
            }
            for (Future<?> one : made) one.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private void make(Api pod, int catalog) throws Exception {
        pod.post(API + "/catalogs", "{\"name\":\"c%03d\"}".formatted(catalog));
        pod.post(API + "/schemas", "{\"name\":\"s\",\"catalog_name\":\"c%03d\"}".formatted(catalog));
        for (int table = catalog; table < tables; table += catalogs) pod.post(API + "/tables", body(catalog, table));
    }

    private static String body(int catalog, int table) {
        return """
                {"name":"t%05d","catalog_name":"c%03d","schema_name":"s","table_type":"EXTERNAL",\
                "data_source_format":"DELTA","storage_location":"s3://lake/c%03d/t%05d",\
                "columns":[{"name":"id","type_text":"int","type_name":"INT","position":0,"nullable":true,\
                "type_json":"{\\"name\\":\\"id\\",\\"type\\":\\"integer\\",\\"nullable\\":true,\\"metadata\\":{}}"}]}""".formatted(table, catalog, catalog, table);
    }
}
