package io.sluice.bench.conformance.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The lines of an answer about a table: what it is, then what is in it. */
public record Lines(Answer answer, List<String> texts, List<JsonNode> trees) {
    static Lines of(Answer answer) {
        List<String> texts = answer.text().lines().toList();
        List<JsonNode> trees = new ArrayList<>();
        for (String text : texts) trees.add(answer.parsed(text));
        return new Lines(answer, texts, trees);
    }

    /** The first line, without its wrapping. */
    public JsonNode protocol() {
        return at(0, "protocol");
    }

    /** The second line, without its wrapping. */
    public JsonNode metadata() {
        return at(1, "metaData");
    }

    private JsonNode at(int index, String name) {
        JsonNode found = index < trees.size() ? trees.get(index).path(name) : null;
        answer.must(
                found != null && found.isObject(), "line " + (index + 1) + " to be {\"" + name + "\":…}", summary());
        return trees.get(index).path(name);
    }

    /** The first two lines as they came. Clients compare them byte by byte between pages. */
    public String head() {
        protocol();
        metadata();
        return texts.get(0) + "\n" + texts.get(1);
    }

    public boolean isDelta() {
        return protocol().has("deltaProtocol");
    }

    /** Of the table, in either format. */
    public JsonNode schemaOwner() {
        return isDelta() ? metadata().path("deltaMetadata") : metadata();
    }

    public List<FileLine> files() {
        List<FileLine> files = new ArrayList<>();
        for (JsonNode tree : trees) FileLine.of(answer, tree).ifPresent(files::add);
        return files;
    }

    /** How often each file is told, by its id. */
    public Map<String, Integer> fileIds() {
        Map<String, Integer> ids = new TreeMap<>();
        for (FileLine file : files()) ids.merge(file.kind() + " " + file.id(), 1, Integer::sum);
        return ids;
    }

    /** The last line, where there is one that ends the stream. */
    public Optional<JsonNode> end() {
        if (trees.isEmpty()) return Optional.empty();
        JsonNode last = trees.get(trees.size() - 1).path("endStreamAction");
        return last.isObject() ? Optional.of(last) : Optional.empty();
    }

    public JsonNode requiredEnd() {
        answer.must(end().isPresent(), "{\"endStreamAction\":…} in the last line", summary());
        return end().orElseThrow();
    }

    /** A token of the last line; empty where there is none, or an empty one. */
    public Optional<String> token(String name) {
        return end().map(line -> line.path(name).asText("")).filter(token -> !token.isEmpty());
    }

    private String summary() {
        List<String> names = new ArrayList<>();
        for (JsonNode tree : trees.subList(0, Math.min(3, trees.size())))
            tree.fieldNames().forEachRemaining(names::add);
        return texts.size() + " lines beginning with " + names;
    }
}
