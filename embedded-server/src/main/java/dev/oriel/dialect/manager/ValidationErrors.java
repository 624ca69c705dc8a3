package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the members of a frame and collects all errors, so that a client receives them at once, in
/// the original's form.
final class ValidationErrors {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");

    private static final UUID NONE = new UUID(0, 0);

    private final String frame;
    private final List<String> found = new ArrayList<>();

    /// @param frame the original's name of the frame, such as `SendPromptMessage`
    ValidationErrors(String frame) {
        this.frame = frame;
    }

    void add(String where, String what) {
        found.add(where + "\n  " + what);
    }

    /// @param prefix start of the message
    void throwIfAny(String prefix) throws CommandRefusedException {
        if (!found.isEmpty()) {
            throw new CommandRefusedException(
                    "%s%d validation error%s for %s\n%s"
                            .formatted(
                                    prefix,
                                    found.size(),
                                    found.size() == 1 ? "" : "s",
                                    frame,
                                    String.join("\n", found)));
        }
    }

    /// A required string. If it is absent, returns an empty one until [#throwIfAny].
    String requireText(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            add(name, "Field required");
        } else if (!value.isTextual()) {
            add(name, "Input should be a valid string");
        }
        return value.asText("");
    }

    /// @param where name of the member in an error
    @Nullable String optionalText(JsonNode object, String name, String where) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            add(where, "Input should be a valid string");
        }
        return value.asText();
    }

    boolean requireBoolean(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            add(name, "Field required");
        } else if (!value.isBoolean()) {
            add(name, "Input should be a valid boolean");
        }
        return value.asBoolean(false);
    }

    UUID requireUuid(JsonNode object, String name) {
        if (object.path(name).isMissingNode()) {
            add(name, "Field required");
            return NONE;
        }
        UUID id = optionalUuid(object, name);
        if (id == null) {
            add(name, "Input should be a valid UUID");
            return NONE;
        }
        return id;
    }

    @Nullable UUID optionalUuid(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        String text = value.isTextual() ? value.textValue().toLowerCase(Locale.ROOT) : "";
        if (!UUID_TEXT.matcher(text).matches()) {
            add(name, "Input should be a valid UUID");
            return NONE;
        }
        String digits = text.replace("-", "");
        return new UUID(
                Long.parseUnsignedLong(digits.substring(0, 16), 16),
                Long.parseUnsignedLong(digits.substring(16), 16));
    }
}
