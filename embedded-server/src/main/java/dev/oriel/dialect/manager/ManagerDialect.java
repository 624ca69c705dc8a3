package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.DialectPlacement;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.UpgradeRequest;
import dev.oriel.message.Json;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The manager dialect at one placement: `/manager/…` on the main port, the original's paths on a
/// port of its own.
///
/// It requires a key of its own instead of the server's token, because its clients know no other.
public final class ManagerDialect implements Dialect {
    private static final Logger LOG = LoggerFactory.getLogger(ManagerDialect.class);

    private static final String BEARER = "Bearer ";

    private final String prefix;
    private final DialectContext context;
    private final ManagerSettings settings;
    private final boolean open;
    private final ManagedSessions sessions;

    public ManagerDialect(
            DialectPlacement placement, DialectContext context, ManagerSettings settings) {
        this.prefix = placement == DialectPlacement.MAIN ? "/manager" : "";
        this.context = context;
        this.settings = settings;
        this.open = !settings.authEnabled() && context.onLoopback();
        this.sessions = new ManagedSessions(context, settings);
        if (!settings.authEnabled() && !open) {
            LOG.warn("Manager clients need the key all the same: this port is not on loopback");
        }
    }

    @Override
    public String name() {
        return "manager";
    }

    @Override
    public boolean handles(String path) {
        return path.equals(prefix + "/ws");
    }

    @Override
    public DialectConnection connect(UpgradeRequest upgrade, Peer peer) {
        return new ManagerConnection(
                sessions,
                context,
                peer,
                open ? null : settings.keyFiles(),
                upgrade.query().get("token"));
    }

    @Override
    public @Nullable HttpReply reply(HttpCall call) {
        ObjectNode body;
        if (call.path().equals(prefix + "/")) {
            body =
                    Json.object()
                            .put("status", "ok")
                            .put("service", "Claude Agent Server")
                            .put("version", "1.0.0")
                            .put("sessions", sessions.size());
        } else if (call.path().equals(prefix + "/health")) {
            body = Json.object().put("status", "healthy");
        } else if (call.path().equals(prefix + "/agents")
                || call.path().startsWith(prefix + "/agents/")) {
            return agents(call);
        } else {
            return null;
        }
        return reply(call, body);
    }

    private static HttpReply reply(HttpCall call, ObjectNode body) {
        return switch (call.method()) {
            case "GET", "HEAD" -> HttpReply.json(200, body);
            default ->
                    HttpReply.json(405, Json.object().put("detail", "Method Not Allowed"))
                            .withHeader("Allow", "GET");
        };
    }

    /// The agents that a client can name. Their texts belong to the user, so that the key is
    /// required.
    private HttpReply agents(HttpCall call) {
        if (!open && !call.allowed() && !showsKey(call)) {
            return HttpReply.json(401, Json.object().put("detail", "Not authenticated"))
                    .withHeader("WWW-Authenticate", "Bearer");
        }
        AgentDefinitions files;
        try {
            String folder = call.query().get("working_directory");
            files =
                    AgentDefinitions.forFolder(
                            folder == null || folder.isEmpty() ? null : Path.of(folder));
        } catch (InvalidPathException e) {
            return HttpReply.json(400, failure("working_directory is not a path"));
        }
        ObjectNode body = Json.object().put("status", "ok");
        String all = prefix + "/agents";
        if (call.path().equals(all)) {
            ObjectNode agents = body.putObject("agents");
            files.all().forEach((name, agent) -> agents.set(name, agent.toJson(false)));
            body.put("count", agents.size());
        } else {
            String name = call.path().substring(all.length() + 1);
            AgentDefinitions.AgentDefinition agent = files.find(name);
            if (agent == null) {
                return HttpReply.json(
                        404, failure("Agent '%s' not found in %s".formatted(name, files.folder())));
            }
            body.set("agent", agent.toJson(true));
        }
        return reply(call, body.put("agents_dir", files.folder().toString()));
    }

    private static ObjectNode failure(String message) {
        return Json.object().put("status", "error").put("message", message);
    }

    /// The gateway delays the response to a wrong one.
    private boolean showsKey(HttpCall call) {
        String header = call.header("authorization");
        String token =
                header != null && header.startsWith(BEARER)
                        ? header.substring(BEARER.length()).strip()
                        : call.query().get("token");
        return token != null
                && ApiKey.load(settings.keyFiles()).filter(k -> k.matches(token)).isPresent();
    }
}
