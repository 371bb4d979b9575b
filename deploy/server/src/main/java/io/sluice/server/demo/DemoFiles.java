package io.sluice.server.demo;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files of the demo's volume and model, made of the same rows as its tables. */
final class DemoFiles {
    private static final int DAYS_LEARNT_FROM = 2;

    private DemoFiles() {}

    /** By path below the volume. */
    static Map<String, String> documents() {
        String prices = StockRows.products().stream()
                .map(product ->
                        "%d,%s,%s,%s\n".formatted(product.id(), product.name(), product.kind(), product.price()))
                .collect(Collectors.joining("", "product_id,name,kind,unit_price\n", ""));
        return Map.of(
                "price_list.csv",
                prices,
                "returns_policy.md",
                """
                # Returns

                Goods come back within 14 days, unused and in their box. The price is paid back to where it came from.
                A return that is withdrawn is taken out of the table `retail.sales.returns`.
                """,
                "warehouses/rotterdam.txt",
                "Gate 4, Monday to Friday, 7 to 17. Ring for pallets.\n");
    }

    /** By path below the model's version. The model is as simple as models get: one rate for each kind of product. */
    static Map<String, String> model() {
        String rates = returnRates().entrySet().stream()
                .map(rate ->
                        "  \"%s\": %s".formatted(rate.getKey(), String.format(Locale.ROOT, "%.4f", rate.getValue())))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
        return Map.of("MLmodel", """
                artifact_path: model
                flavors:
                  json:
                    data: rates.json
                signature:
                  inputs: '[{"name": "kind", "type": "string"}]'
                  outputs: '[{"name": "rate", "type": "double"}]'
                """, "rates.json", rates);
    }

    /** Which part of the lines of each kind came back. */
    static Map<String, Double> returnRates() {
        Map<Long, String> kinds =
                StockRows.products().stream().collect(Collectors.toMap(StockRows.Product::id, StockRows.Product::kind));
        Map<String, Integer> sold = new HashMap<>();
        Map<String, Integer> returned = new HashMap<>();
        for (int day = 0; day < DAYS_LEARNT_FROM; day++) {
            Set<Object> back = DemoRows.returns(day).stream()
                    .map(row -> row.get("return_id"))
                    .collect(Collectors.toSet());
            DemoRows.lines(day).forEach(line -> {
                String kind = String.valueOf(kinds.get(line.productId()));
                sold.merge(kind, 1, Integer::sum);
                if (back.contains(line.returnId())) returned.merge(kind, 1, Integer::sum);
            });
        }
        Map<String, Double> rates = new TreeMap<>();
        sold.forEach((kind, lines) -> rates.put(kind, returned.getOrDefault(kind, 0) / (double) lines));
        return rates;
    }
}
