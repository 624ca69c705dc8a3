package dev.oriel.agent.api.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A dated data file beside this class: values by the beginning of a model's id. Immutable.
final class ModelData {
    /// The date of a snapshot, at the end of an id.
    private static final Pattern DATE = Pattern.compile("-20[0-9]{6}");

    private final String date;
    private final JsonNode values;

    private ModelData(String date, JsonNode values) {
        this.date = date;
        this.values = values;
    }

    static ModelData load(String file, String member) {
        try (InputStream in = ModelData.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException(file + " is missing");
            }
            ObjectNode json = Json.parseObject(in.readAllBytes());
            return new ModelData(json.path("as_of").asText(), json.path(member));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// When the values were compared with what Anthropic publishes, `yyyy-mm-dd`.
    String date() {
        return date;
    }

    /// The keys, in the order of the file.
    List<String> keys() {
        return values.properties().stream().map(Map.Entry::getKey).toList();
    }

    /// The value of this very model, whatever the date of its snapshot.
    @Nullable JsonNode exact(String id) {
        return values.get(DATE.matcher(id).replaceFirst(""));
    }

    /// The value of the longest key that is the id's beginning, up to a hyphen.
    @Nullable JsonNode nearest(String id) {
        JsonNode best = null;
        int length = -1;
        for (Map.Entry<String, JsonNode> each : values.properties()) {
            String key = each.getKey();
            if (key.length() > length && (id + "-").startsWith(key + "-")) {
                best = each.getValue();
                length = key.length();
            }
        }
        return best;
    }
}
