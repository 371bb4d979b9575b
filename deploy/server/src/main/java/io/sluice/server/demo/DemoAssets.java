package io.sluice.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.catalog.govern.Assets;
import io.sluice.catalog.govern.Assets.Draft;
import io.sluice.catalog.govern.Assets.Key;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Models;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Volumes.VolumeType;
import io.sluice.catalog.record.ModelVersionRecord;
import io.sluice.catalog.record.ModelVersionRecord.Status;
import io.sluice.lake.store.Content;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.TableName;
import io.sluice.server.wiring.Places;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the demo has beside tables: a volume with files and one to put files in, a function, a model with a version. */
@Singleton
public final class DemoAssets {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Governance governance;
    private final DemoTables tables;
    private final Places places;

    DemoAssets(Governance governance, DemoTables tables, Places places) {
        this.governance = governance;
        this.tables = tables;
        this.places = places;
    }

    void make() throws IOException {
        volume(DemoNames.DOCUMENTS, VolumeType.MANAGED, null, "For the counter and the warehouse");
        volume(
                DemoNames.LANDING,
                VolumeType.EXTERNAL,
                tables.location(0, DemoNames.LANDING).toString(),
                "Where suppliers put their lists");
        write(place(Key.parse(SecurableType.VOLUME, DemoNames.DOCUMENTS.toString())), DemoFiles.documents());
        function();
        model();
    }

    private void volume(TableName name, VolumeType type, @Nullable String location, String comment) {
        Steps.ensure(() -> governance.volumes().create(Steps.ADMIN, name, type, location, comment));
    }

    private void function() throws IOException {
        JsonNode definition = JSON.readTree("""
                {"data_type":"DECIMAL","full_data_type":"DECIMAL(12,2)","routine_body":"SQL",
                 "routine_definition":"CAST(gross / (1 + vat_percent / 100) AS DECIMAL(12,2))",
                 "parameter_style":"S","is_deterministic":true,"sql_data_access":"CONTAINS_SQL","is_null_call":false,
                 "security_type":"DEFINER","specific_name":"net_price","external_language":null,"properties":null,
                 "return_params":null,"routine_dependencies":null,
                 "input_params":{"parameters":[
                   {"name":"gross","type_name":"DECIMAL","type_text":"decimal(12,2)",
                    "type_json":"\\"decimal(12,2)\\"","type_precision":12,"type_scale":2,"position":0},
                   {"name":"vat_percent","type_name":"INT","type_text":"int","type_json":"\\"integer\\"",
                    "position":1}]}}
                """);
        Key key = Key.parse(SecurableType.FUNCTION, DemoNames.NET_PRICE.toString());
        Steps.ensure(() ->
                governance.assets().create(Steps.ADMIN, key, new Draft(null, "A price without its tax", definition)));
    }

    private void model() throws IOException {
        Models models = governance.models();
        TableName name = DemoNames.RETURN_RISK;
        Steps.ensure(() -> models.create(Steps.ADMIN, name, "How likely a product comes back"));
        Models.Version version = models.list(Steps.ADMIN, name, Page.Request.of(1, null)).items().stream()
                .findFirst()
                .orElseGet(() -> models.createVersion(Steps.ADMIN, name, "retail.sales.returns", null, null));
        ModelVersionRecord record = version.record();
        if (record.status() != Status.PENDING_REGISTRATION) return;
        write(new Place(record.id(), record.location()), DemoFiles.model());
        models.finalizeVersion(Steps.ADMIN, name, record.version());
    }

    private record Place(String id, String location) {}

    private Place place(Key key) {
        Assets assets = governance.assets();
        var asset = assets.get(Steps.ADMIN, key).asset();
        return new Place(asset.id(), String.valueOf(asset.location()));
    }

    private void write(Place place, Map<String, String> files) throws IOException {
        var store = places.open(place.id(), URI.create(place.location()), Optional.empty());
        for (Map.Entry<String, String> file : files.entrySet())
            store.put(file.getKey(), Content.of(file.getValue().getBytes(StandardCharsets.UTF_8)));
    }
}
