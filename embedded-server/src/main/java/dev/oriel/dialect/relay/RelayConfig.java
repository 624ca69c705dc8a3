package dev.oriel.dialect.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentOptions.SystemPrompt;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.agent.ToolRules;
import dev.oriel.dialect.files.WorkFolder;
import dev.oriel.message.Json;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The configuration of a conversation, as posted to `/config` (wire.md 2.1): `agents`,
/// `allowedTools`, `systemPrompt`, `model`, `mcpServers` and `anthropicApiKey`. Because the
/// original passes all options on to its SDK, `cwd`, `permissionMode` and `includePartialMessages`
/// are supported too.
///
/// Other members have no effect.
final class RelayConfig {
    private static final String KEY = "ANTHROPIC_API_KEY";

    private final JsonNode json;
    private final List<String> warnings = new ArrayList<>();

    /// @param json as posted
    RelayConfig(JsonNode json) {
        this.json = json;
    }

    /// Whether the client wants partial messages too.
    boolean wantsPartialMessages() {
        return json.path("includePartialMessages").asBoolean(false);
    }

    /// Sentences for the user about the parts that [#toNewSession] has omitted.
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /// The session to create.
    ///
    /// @throws BadRequestException if a member is invalid; the message names it
    SessionSpec toNewSession(WorkFolder folder) throws BadRequestException {
        if (!json.isObject()) {
            throw new BadRequestException("it must be an object");
        }
        String cwd = text("cwd");
        return SessionSpec.builder("relay")
                .cwd(cwd == null ? workspace() : path(cwd))
                .model(text("model"))
                .permissionMode(text("permissionMode"))
                .options(
                        AgentOptions.NONE
                                .withAllowedTools(allowedTools())
                                .withSystemPrompt(systemPrompt())
                                .withAgents(agents()))
                .secrets(secrets(folder))
                .build();
    }

    /// The original's folder below the home folder. If it does not exist, the session works in the
    /// home folder like others.
    private static @Nullable Path workspace() {
        Path workspace = Path.of(System.getProperty("user.home"), "agent-workspace");
        return Files.isDirectory(workspace) ? workspace : null;
    }

    private static Path path(String text) throws BadRequestException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadRequestException("cwd is not a path");
        }
    }

    private List<String> allowedTools() throws BadRequestException {
        JsonNode given = json.path("allowedTools");
        List<String> rules = new ArrayList<>();
        if (isAbsent(given)) {
            return rules;
        }
        if (!given.isArray()) {
            throw new BadRequestException("allowedTools must be an array of strings");
        }
        for (JsonNode rule : given) {
            if (!rule.isTextual()) {
                throw new BadRequestException("allowedTools must be an array of strings");
            }
            rules.add(rule.textValue());
        }
        try {
            return ToolRules.parse(rules);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("allowedTools: " + e.getMessage());
        }
    }

    private @Nullable SystemPrompt systemPrompt() throws BadRequestException {
        JsonNode given = json.path("systemPrompt");
        if (isAbsent(given)) {
            return null;
        }
        if (given.isTextual()) {
            return new SystemPrompt.Replacement(given.textValue());
        }
        JsonNode append = given.path("append");
        if (!"preset".equals(given.path("type").textValue())
                || !"claude_code".equals(given.path("preset").textValue())
                || !(isAbsent(append) || append.isTextual())) {
            throw new BadRequestException(
                    "systemPrompt must be a string or"
                        + " {\"type\":\"preset\",\"preset\":\"claude_code\",\"append\"?: string}");
        }
        return isAbsent(append) ? null : new SystemPrompt.Addition(append.textValue());
    }

    private @Nullable String agents() throws BadRequestException {
        JsonNode given = json.path("agents");
        if (isAbsent(given)) {
            return null;
        }
        if (!given.isObject()) {
            throw new BadRequestException("agents must be an object of agent definitions by name");
        }
        // The CLI would refuse the whole conversation because of one incomplete agent; the example
        // in the original's documentation has one.
        ObjectNode complete = Json.object();
        for (Map.Entry<String, JsonNode> each : given.properties()) {
            JsonNode agent = each.getValue();
            if (agent.path("description").isTextual() && agent.path("prompt").isTextual()) {
                complete.set(each.getKey(), agent);
            } else {
                warnings.add(
                        "The agent %s is left out: it must have a description and a prompt."
                                .formatted(each.getKey()));
            }
        }
        return complete.isEmpty()
                ? null
                : new String(Json.encode(complete), StandardCharsets.UTF_8);
    }

    private AgentSecrets secrets(WorkFolder folder) throws BadRequestException {
        ObjectNode servers = RelayMcpServers.parse(json.path("mcpServers"), warnings);
        return credentials(folder)
                .withMcpServers(
                        servers.isEmpty()
                                ? null
                                : new String(Json.encode(servers), StandardCharsets.UTF_8));
    }

    /// A posted key replaces all others, as in the original.
    private AgentSecrets credentials(WorkFolder folder) throws BadRequestException {
        String key = text("anthropicApiKey");
        if (key == null) {
            return folder.secrets();
        }
        Map<String, String> variables = new HashMap<>();
        variables.put(KEY, key);
        // The agent would prefer these variables; it treats empty ones as absent.
        variables.put("ANTHROPIC_AUTH_TOKEN", "");
        variables.put("CLAUDE_CODE_OAUTH_TOKEN", "");
        return new AgentSecrets(variables);
    }

    /// The original's SDK treats an empty string as absent.
    private @Nullable String text(String name) throws BadRequestException {
        JsonNode given = json.path(name);
        if (isAbsent(given)) {
            return null;
        }
        if (!given.isTextual()) {
            throw new BadRequestException(name + " must be a string");
        }
        if (given.textValue().isBlank()) {
            return null;
        }
        return given.textValue();
    }

    private static boolean isAbsent(JsonNode given) {
        return given.isMissingNode() || given.isNull();
    }
}
