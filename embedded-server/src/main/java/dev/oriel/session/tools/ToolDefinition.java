package dev.oriel.session.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ExternalTool;
import dev.oriel.agent.mcp.ToolSchemaCheck;
import dev.oriel.session.api.BadRequestException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// A tool as a client defines it.
///
/// @param timeout how long the client may take for a call
public record ToolDefinition(ExternalTool tool, Duration timeout) {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long LONGEST_MS = Duration.ofHours(1).toMillis();
    private static final int LONGEST_DESCRIPTION = 10_000;
    private static final int LONGEST_SCHEMA = 64 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /// Parses a definition: `{"name","description","parameters","timeout_ms"?}`. The parameters are
    /// a JSON Schema or a loose map ([ToolSchema]); `input_schema` is accepted as another name for
    /// them.
    ///
    /// The first call in a process takes some hundred milliseconds, because it loads the schema
    /// library.
    ///
    /// @throws BadRequestException if the definition is not valid
    public static ToolDefinition parse(JsonNode tool) throws BadRequestException {
        if (!tool.isObject()) {
            throw new BadRequestException("tool must be an object");
        }
        String name = tool.path("name").asText();
        if (!tool.path("name").isTextual() || !NAME.matcher(name).matches()) {
            throw new BadRequestException("name must be 1 to 64 letters, digits, _ or -");
        }
        JsonNode description = tool.path("description");
        if (!description.isMissingNode() && !description.isNull() && !description.isTextual()) {
            throw new BadRequestException("description must be text");
        }
        String text = description.asText("");
        if (text.length() > LONGEST_DESCRIPTION) {
            throw new BadRequestException(
                    "description must have at most " + LONGEST_DESCRIPTION + " characters");
        }
        JsonNode parameters =
                tool.hasNonNull("parameters") ? tool.get("parameters") : tool.path("input_schema");
        ObjectNode schema = ToolSchema.from(parameters);
        if (schema.toString().length() > LONGEST_SCHEMA) {
            throw new BadRequestException(
                    "parameters must have at most " + LONGEST_SCHEMA + " characters");
        }
        Optional<String> problem = ToolSchemaCheck.problem(schema);
        if (problem.isPresent()) {
            throw new BadRequestException(problem.get());
        }
        return new ToolDefinition(
                new ExternalTool(name, text, schema), timeout(tool.path("timeout_ms")));
    }

    /// Approximate size in bytes.
    int size() {
        return tool.name().length()
                + tool.description().length()
                + tool.schema().toString().length();
    }

    private static Duration timeout(JsonNode ms) throws BadRequestException {
        if (ms.isMissingNode() || ms.isNull()) {
            return TIMEOUT;
        }
        if (!ms.isIntegralNumber()
                || !ms.canConvertToLong()
                || ms.longValue() < 1
                || ms.longValue() > LONGEST_MS) {
            throw new BadRequestException(
                    "timeout_ms must be a whole number from 1 to " + LONGEST_MS);
        }
        return Duration.ofMillis(ms.longValue());
    }
}
