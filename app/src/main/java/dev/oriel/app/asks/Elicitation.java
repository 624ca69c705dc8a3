package dev.oriel.app.asks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an MCP server asks of the user: values for the fields of a form, or to visit an address.
///
/// @param server its name
/// @param url where the user is to go, or null for a form
public record Elicitation(String server, String message, List<Field> fields, @Nullable String url)
        implements Ask.Kind {

    public Elicitation {
        fields = List.copyOf(fields);
    }

    /// What a field takes.
    public enum Type {
        TEXT,
        NUMBER,
        INTEGER,
        BOOLEAN,
        CHOICE
    }

    /// One field of a form.
    ///
    /// @param label as the user reads it
    /// @param choices of a [Type#CHOICE], by what is sent
    /// @param standard what it holds at first, perhaps empty
    public record Field(
            String name,
            String label,
            Type type,
            boolean required,
            List<Choice> choices,
            String standard) {
        public Field {
            choices = List.copyOf(choices);
        }
    }

    /// @param value what is sent
    public record Choice(String value, String label) {}

    /// @param request the inner object of an `elicitation`
    static Elicitation of(JsonNode request) {
        JsonNode schema = request.path("requested_schema");
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(r -> required.add(r.asText()));
        List<Field> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
            fields.add(field(each.getKey(), each.getValue(), required.contains(each.getKey())));
        }
        return new Elicitation(
                request.path("mcp_server_name").asText(),
                request.path("message").asText(),
                fields,
                request.path("url").textValue());
    }

    private static Field field(String name, JsonNode schema, boolean required) {
        String title = schema.path("title").asText(name);
        String description = schema.path("description").asText("");
        List<Choice> choices = choices(schema);
        Type type =
                choices.isEmpty()
                        ? switch (schema.path("type").asText()) {
                            case "number" -> Type.NUMBER;
                            case "integer" -> Type.INTEGER;
                            case "boolean" -> Type.BOOLEAN;
                            default -> Type.TEXT;
                        }
                        : Type.CHOICE;
        return new Field(
                name,
                description.isBlank() ? title : title + ": " + description,
                type,
                required,
                choices,
                schema.path("default").asText(""));
    }

    private static List<Choice> choices(JsonNode schema) {
        List<Choice> choices = new ArrayList<>();
        JsonNode names = schema.path("enumNames");
        for (JsonNode value : schema.path("enum")) {
            String label = names.path(choices.size()).asText(value.asText());
            choices.add(new Choice(value.asText(), label));
        }
        for (JsonNode one : schema.path("oneOf")) {
            String value = one.path("const").asText();
            choices.add(new Choice(value, one.path("title").asText(value)));
        }
        return choices;
    }
}
