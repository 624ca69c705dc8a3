package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.McpRegistry;
import dev.oriel.dialect.HttpReply;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.session.Session;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.control.McpServerRules;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /v1/sessions/{id}/mcp`: adds an MCP server to the agent's own configuration, for the
/// session's folder or for the user.
final class McpRoute {
    private static final Logger LOG = LoggerFactory.getLogger(McpRoute.class);

    /// As the CLI requires; it cannot begin like an option.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /// Each addition starts a process, which reads the whole configuration and writes it again.
    private final Semaphore slots = new Semaphore(1, true);

    private final Sessions sessions;

    McpRoute(Sessions sessions) {
        this.sessions = sessions;
    }

    HttpReply add(String idText, ObjectNode body)
            throws BadRequestException, JournalException, InterruptedException {
        Optional<SessionView> found = RestRoutes.find(sessions, idText);
        if (found.isEmpty()) {
            return RestRoutes.notFound();
        }
        SessionRecord session = found.get().record();
        McpRegistry.Scope scope = scope(body.path("scope").asText(""));
        String name = body.path("name").asText("");
        if (!NAME.matcher(name).matches()) {
            throw new BadRequestException(
                    "name must be 1 to 64 letters, digits, _ or -, and not begin with a sign");
        }
        if (!(body.get("server") instanceof ObjectNode server) || !McpServerRules.allows(server)) {
            throw new BadRequestException(
                    "server must have a command, or a url of type http or sse");
        }
        McpRegistry registry = registry(session.agent());
        if (registry == null) {
            return HttpReply.error(
                    400,
                    ErrorCode.BAD_REQUEST,
                    "This kind of agent has no MCP servers of its own.");
        }
        slots.acquire();
        try {
            registry.add(Path.of(session.cwd()), scope, name, server);
        } catch (AgentUnavailableException e) {
            return HttpReply.error(503, ErrorCode.UNAVAILABLE, String.valueOf(e.getMessage()));
        } finally {
            slots.release();
        }
        LOG.info(
                "An MCP server was added for scope {} in session {}",
                scope.wireName(),
                session.id());
        // The CLI reads its configuration at its start.
        sessions.open(session.id()).ifPresent(Session::stopAgentIfIdle);
        return HttpReply.json(201, Json.object().put("name", name).put("scope", scope.wireName()));
    }

    private static McpRegistry.Scope scope(String wireName) throws BadRequestException {
        return Arrays.stream(McpRegistry.Scope.values())
                .filter(s -> s.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("scope must be local, project or user"));
    }

    private @Nullable McpRegistry registry(String agent) {
        return sessions.agents().stream()
                .filter(p -> p.kind().equals(agent))
                .findFirst()
                .map(AgentProvider::mcpRegistry)
                .orElse(null);
    }
}
