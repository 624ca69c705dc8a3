package dev.oriel.app.asks.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A request of an MCP server: to fill in a form, or to visit an address.
///
/// @param server its name
/// @param url the address to visit; null for a form
public record Elicitation(String server, String message, List<Field> fields, @Nullable String url)
        implements Ask.Kind {

    public Elicitation {
        fields = List.copyOf(fields);
    }

    /// The type of a field's value.
    public enum Type {
        TEXT,
        NUMBER,
        INTEGER,
        BOOLEAN,
        CHOICE,
        /// Any number of choices, joined by [#SEPARATOR].
        CHOICES
    }

    /// Separates the chosen values of [Type#CHOICES].
    public static final String SEPARATOR = "\u001f";

    /// One field of a form.
    ///
    /// @param label the label for the user
    /// @param description further text for the user; may be empty
    /// @param choices of a [Type#CHOICE] or [Type#CHOICES]
    /// @param initial the initial value; may be empty
    /// @param limits constraints on the value
    public record Field(
            String name,
            String label,
            String description,
            Type type,
            boolean required,
            List<Choice> choices,
            String initial,
            Limits limits) {
        public Field {
            choices = List.copyOf(choices);
        }
    }

    /// Constraints that the schema puts on a value.
    ///
    /// @param least minimum number of characters, or of choices
    /// @param most maximum number of characters, or of choices
    /// @param format as JSON Schema names it; may be empty
    /// @param pattern null if there is none, or it is not valid in Java; the server checks it then
    public record Limits(
            int least,
            int most,
            @Nullable BigDecimal minimum,
            @Nullable BigDecimal maximum,
            @Nullable Pattern pattern,
            String format) {
        static Limits of(JsonNode schema) {
            boolean array = schema.path("type").asText().equals("array");
            return new Limits(
                    schema.path(array ? "minItems" : "minLength").asInt(0),
                    schema.path(array ? "maxItems" : "maxLength").asInt(Integer.MAX_VALUE),
                    number(schema.path("minimum")),
                    number(schema.path("maximum")),
                    pattern(schema.path("pattern").textValue()),
                    schema.path("format").asText(""));
        }

        private static @Nullable BigDecimal number(JsonNode node) {
            return node.isNumber() ? node.decimalValue() : null;
        }

        private static @Nullable Pattern pattern(@Nullable String text) {
            try {
                return text == null ? null : Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                return null;
            }
        }
    }

    /// @param value the value that is sent
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
        List<Choice> choices = choices(schema);
        Type type =
                switch (schema.path("type").asText()) {
                    case "array" -> Type.CHOICES;
                    case String _ when !choices.isEmpty() -> Type.CHOICE;
                    case "number" -> Type.NUMBER;
                    case "integer" -> Type.INTEGER;
                    case "boolean" -> Type.BOOLEAN;
                    default -> Type.TEXT;
                };
        return new Field(
                name,
                schema.path("title").asText(name),
                schema.path("description").asText("").strip(),
                type,
                required,
                type == Type.CHOICES ? choices(schema.path("items")) : choices,
                standard(schema.path("default")),
                Limits.of(schema));
    }

    private static String standard(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(JsonNode::asText).collect(Collectors.joining(SEPARATOR))
                : value.asText("");
    }

    private static List<Choice> choices(JsonNode schema) {
        List<Choice> choices = new ArrayList<>();
        JsonNode names = schema.path("enumNames");
        for (JsonNode value : schema.path("enum")) {
            String label = names.path(choices.size()).asText(value.asText());
            choices.add(new Choice(value.asText(), label));
        }
        for (JsonNode one : schema.path(schema.has("anyOf") ? "anyOf" : "oneOf")) {
            String value = one.path("const").asText();
            choices.add(new Choice(value, one.path("title").asText(value)));
        }
        return choices;
    }
}
