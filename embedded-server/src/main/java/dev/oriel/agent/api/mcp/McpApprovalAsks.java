package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides whether servers that came with a project may start: by settings, by earlier answers, and
/// by asking the user.
///
/// The question is a `can_use_tool` request for a tool named `McpServer` that no model can call:
/// the window and every dialect show such requests, and send the answer back. Its input is what
/// would be started.
final class McpApprovalAsks {
    /// The name of the tool in the question.
    static final String TOOL = "McpServer";

    private static final Logger LOG = LoggerFactory.getLogger(McpApprovalAsks.class);

    private final McpApprovals approvals;
    private final McpApprovalSettings settings;
    private final McpUser user;
    private final Set<String> asked = new HashSet<>(); // guarded by this

    McpApprovalAsks(McpApprovals approvals, McpApprovalSettings settings, McpUser user) {
        this.approvals = approvals;
        this.settings = settings;
        this.user = user;
    }

    McpApprovals.Decision decision(McpServerConfig server) {
        if (!server.isProjects()) {
            return McpApprovals.Decision.APPROVED;
        }
        McpApprovals.Decision set = settings.of(server.name());
        return set == McpApprovals.Decision.NONE ? approvals.of(server) : set;
    }

    /// Asks again about a server, with the next prompt.
    synchronized void askAgain(McpServerConfig server) {
        asked.remove(key(server));
    }

    /// Asks about servers without a decision, each once in this agent's life.
    ///
    /// @param mode the permission mode. With `bypassPermissions`, servers start without a question
    ///   as commands do; with `dontAsk` they stay off
    /// @return the servers that may start now
    /// @throws CancellationException if the scope was cancelled
    List<McpConnection> ask(List<McpConnection> waiting, String mode, CancelScope cancel)
            throws InterruptedException {
        if (mode.equals("bypassPermissions")) {
            return waiting;
        }
        List<McpConnection> approved = new ArrayList<>();
        for (McpConnection server : mode.equals("dontAsk") ? List.<McpConnection>of() : waiting) {
            if (isNew(server.config()) && isApproved(server.config(), cancel)) {
                approved.add(server);
            }
        }
        return approved;
    }

    private synchronized boolean isNew(McpServerConfig server) {
        return asked.add(key(server));
    }

    private static String key(McpServerConfig server) {
        return server.name() + " " + server.digest();
    }

    private boolean isApproved(McpServerConfig server, CancelScope cancel)
            throws InterruptedException {
        JsonNode reply = user.ask(question(server), cancel);
        if (!reply.path("subtype").asText().equals("success")) {
            return false; // nobody has decided
        }
        JsonNode decision = reply.path("response");
        boolean isAllowed = decision.path("behavior").asText().equals("allow");
        if (isAllowed) {
            remember(server, McpApprovals.Decision.APPROVED);
        } else if (decision.path("decisionClassification").asText().equals("user_reject")) {
            // Other denials can come from a program that asks nobody. They hold for this agent.
            remember(server, McpApprovals.Decision.REFUSED);
        }
        if (decision.path("interrupt").asBoolean()) {
            cancel.cancel();
            throw new CancellationException();
        }
        return isAllowed;
    }

    /// What is approved is the entry as it is configured: a change of the input by a client has no
    /// effect.
    private static ObjectNode question(McpServerConfig server) {
        ObjectNode request =
                Json.object()
                        .put("subtype", ControlSubtype.CAN_USE_TOOL)
                        .put("tool_name", TOOL)
                        .put("display_name", "MCP server")
                        .put("tool_use_id", "mcp_" + UUID.randomUUID())
                        .put("description", "Starts the MCP server “" + server.name() + "”")
                        .put(
                                "decision_reason",
                                "The project's .mcp.json names this server. It can run programs"
                                        + " with your rights.")
                        .put("decision_reason_type", "other")
                        .put("default_to_no", true)
                        .put("requires_user_interaction", true)
                        .put("suppress_always_allow_rule", true);
        ObjectNode input = request.putObject("input").put("server", server.name());
        input.setAll(server.toJson());
        switch (server.way()) {
            case McpServerConfig.Stdio stdio ->
                    stdio.env().keySet().stream().sorted().forEach(input.withArray("env")::add);
            case McpServerConfig.Client _ -> {
                // A client's own server comes with no project.
            }
            case McpServerConfig.Http http ->
                    http.headers().keySet().stream()
                            .sorted()
                            .forEach(input.withArray("headers")::add);
        }
        return request;
    }

    private void remember(McpServerConfig server, McpApprovals.Decision decision) {
        try {
            approvals.remember(server, decision);
        } catch (IOException e) {
            LOG.warn("{} The question is asked again next time.", e.getMessage());
        }
    }
}
