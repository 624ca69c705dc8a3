package dev.oriel.agent.api.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.ConversationLog;
import dev.oriel.agent.ToolHost;
import dev.oriel.agent.api.permission.PermissionTable.Row;
import dev.oriel.agent.api.permission.PermissionTable.World;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// What the real CLI decides on calls: one process plays all calls of a mode and its rules in one
/// turn. What it asks is denied.
final class CliVerdicts implements AgentListener {
    private static final String BACK = "Go back to the project";

    private final AtomicReference<Agent> agent = new AtomicReference<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<String> calls = new ArrayList<>(); // guarded by this
    private final Set<String> asked = new HashSet<>(); // guarded by this
    private final Map<String, String> results = new HashMap<>(); // guarded by this
    private final Map<String, JsonNode> asks = new HashMap<>(); // guarded by this

    private CliVerdicts() {}

    /// A decision of the CLI.
    ///
    /// @param name `allow`, `ask`, `deny`, or `fault` for a call that was not valid
    /// @param ask the `request` of the ask; missing for other decisions
    record Decision(String name, JsonNode ask) {}

    /// @param api without replies
    /// @param rows with the same mode and rules
    /// @return in the order of the rows
    static List<Decision> of(ClaudeCli cli, FakeMessagesApi api, World world, List<Row> rows)
            throws Exception {
        for (Row row : rows) {
            ObjectNode input = world.input(row);
            if (row.tool().equals("Bash")) {
                input.put("timeout", 1_000).put("description", "Try");
            }
            api.enqueue(FakeReply.toolUse(row.tool(), input.toString()));
            if (input.path("command").asText().contains("cd ")) {
                // The folder holds for the following commands as well.
                ObjectNode back = Json.object().put("command", "cd '" + world.folder() + "'");
                api.enqueue(FakeReply.toolUse("Bash", back.put("description", BACK).toString()));
            }
        }
        api.enqueue(FakeReply.text("Done"));
        world.writeSettings(rows.getFirst());
        CliVerdicts verdicts = new CliVerdicts();
        Agent agent =
                cli.start(
                        new AgentLaunch(
                                new AgentLaunch.Conversation.Fresh(UUID.randomUUID()),
                                world.folder(),
                                null,
                                rows.getFirst().mode(),
                                AgentOptions.NONE,
                                AgentSecrets.NONE,
                                ToolHost.NONE,
                                ClientRequestHandler.NONE,
                                true,
                                ConversationLog.EMPTY),
                        verdicts);
        try {
            verdicts.agent.set(agent);
            verdicts.started.countDown();
            agent.sendPrompt(UserMessages.prompt(UUID.randomUUID(), "go"));
            if (!verdicts.ended.await(Patience.LIMIT.toMillis() * 4, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the turn did not end; last call: " + verdicts.calls());
            }
        } finally {
            agent.close();
        }
        return verdicts.decisions();
    }

    @Override
    public synchronized void onEvent(AgentEvent event) {
        if (event instanceof AgentEvent.Output(Message message)) {
            JsonNode tree = message.tree();
            switch (tree.path("type").asText()) {
                case "assistant" -> {
                    for (JsonNode block : tree.path("message").path("content")) {
                        if (block.path("type").asText().equals("tool_use")
                                && !block.path("input").toString().contains(BACK)) {
                            calls.add(block.path("id").asText());
                        }
                    }
                }
                case "control_request" -> deny(message);
                case "user" -> readResult(tree);
                case "result" -> ended.countDown();
                default -> {
                    // Nothing about permissions.
                }
            }
        }
    }

    private void deny(Message ask) {
        JsonNode request = ask.tree().path("request");
        asked.add(request.path("tool_use_id").asText());
        asks.put(request.path("tool_use_id").asText(), request);
        ObjectNode line = Json.object().put("type", "control_response");
        line.putObject("response")
                .put("subtype", "success")
                .put("request_id", Objects.requireNonNull(ask.requestId()))
                .putObject("response")
                .put("behavior", "deny")
                .put("message", "Not now.");
        try {
            started.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Objects.requireNonNull(agent.get()).reply(Message.of(line));
    }

    private void readResult(JsonNode tree) {
        for (JsonNode block : tree.path("message").path("content")) {
            if (block.path("type").asText().equals("tool_result")) {
                JsonNode decision =
                        tree.path("tool_result_meta").path(0).path("permission_decision");
                String text = block.path("content").toString();
                boolean isDenied =
                        decision.path("decision").asText().equals("reject")
                                || text.contains("denied by your permission settings")
                                || text.contains("covered by a Read deny rule");
                results.put(
                        block.path("tool_use_id").asText(),
                        isDenied ? "deny" : text.contains("<tool_use_error>") ? "fault" : "allow");
            }
        }
    }

    private synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    private synchronized List<Decision> decisions() {
        return calls.stream()
                .map(id ->
                        asked.contains(id)
                                ? new Decision("ask", Objects.requireNonNull(asks.get(id)))
                                : new Decision(
                                        results.getOrDefault(id, "fault"),
                                        Json.mapper().missingNode()))
                .toList();
    }
}
