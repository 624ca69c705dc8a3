package dev.oriel.agent.api;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.EnvironmentKeys;
import dev.oriel.account.FixedAccount;
import dev.oriel.account.StoredAccounts;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.ConversationLog;
import dev.oriel.agent.ToolHost;
import dev.oriel.agent.api.wire.SdkMessagesApi;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.agent.CollectingAgentListener;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.FakeMessagesApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// One agent of a provider in a folder. Replies to asks.
public final class AgentRun implements AutoCloseable {
    private final Agent agent;
    public final CollectingAgentListener events = new CollectingAgentListener();
    private final Set<String> answered = new HashSet<>();
    private final List<Message> journal = new CopyOnWriteArrayList<>();
    private int turns;
    private int taken;

    /// @param mode null for the default
    public AgentRun(AgentProvider provider, Path folder, @Nullable String mode)
            throws AgentUnavailableException {
        this(provider, folder, mode, AgentSecrets.NONE, ConversationLog.EMPTY);
    }

    public AgentRun(
            AgentProvider provider,
            Path folder,
            @Nullable String mode,
            AgentSecrets secrets,
            ConversationLog log)
            throws AgentUnavailableException {
        this(provider, folder, mode, AgentOptions.NONE, secrets, log);
    }

    public AgentRun(
            AgentProvider provider,
            Path folder,
            @Nullable String mode,
            AgentOptions options,
            AgentSecrets secrets,
            ConversationLog log)
            throws AgentUnavailableException {
        agent =
                provider.start(
                        new AgentLaunch(
                                new AgentLaunch.Conversation.Fresh(UUID.randomUUID()),
                                folder,
                                null,
                                mode,
                                options,
                                secrets,
                                ToolHost.NONE,
                                ClientRequestHandler.NONE,
                                true,
                                log),
                        events);
    }

    /// Agents whose account has a key for this API.
    public static ApiAgents apiAgents(FakeMessagesApi api, Path folder) {
        FixedAccount account =
                Objects.requireNonNull(
                        EnvironmentKeys.find(
                                Map.of(
                                        "ANTHROPIC_API_KEY",
                                        "sk-ant-dummy",
                                        "ANTHROPIC_BASE_URL",
                                        api.url())));
        return new ApiAgents(
                new ApiSettings(
                        StoredAccounts.only(account),
                        (used, accounts) ->
                                new SdkMessagesApi(
                                        used, accounts.key(used), accounts.secretHeaders(used)),
                        folder.resolve("data"),
                        folder.resolve("home"),
                        "claude-opus-5-5",
                        false,
                        false,
                        false));
    }

    /// Sends a prompt and allows what is asked, until the turn has ended.
    ///
    /// @return the `result`
    public JsonNode turn(String text) {
        send(text);
        return finish();
    }

    public void send(String text) {
        send(Json.mapper().getNodeFactory().textNode(text));
    }

    /// @param content of the prompt, a string or blocks
    public void send(JsonNode content) {
        turns++;
        Message prompt = UserMessages.prompt(UUID.randomUUID(), content);
        List<Message> received = events.messages(); // more may arrive meanwhile
        journal.addAll(received.subList(taken, received.size()));
        taken = received.size();
        journal.add(prompt);
        agent.sendPrompt(prompt);
    }

    /// The prompts and the agent's messages, as a session keeps them.
    public List<Message> journal() {
        List<Message> all = new ArrayList<>(journal);
        List<Message> received = events.messages();
        all.addAll(received.subList(taken, received.size()));
        return all;
    }

    /// Allows what is asked until the turn has ended.
    public JsonNode finish() {
        events.awaitMessage(m -> {
            events.messages("control_request").forEach(this::allow);
            return events.messages("result").size() >= turns;
        });
        return events.messages("result").get(turns - 1).tree();
    }

    private void allow(Message ask) {
        reply(ask, allowed(ask));
    }

    /// The decision that allows what was asked, unchanged.
    public ObjectNode allowed(Message ask) {
        ObjectNode decision = Json.object().put("behavior", "allow");
        decision.set("updatedInput", ask.tree().path("request").path("input"));
        return decision;
    }

    /// Waits until a program of this name runs below this process.
    public void awaitChild(String program) {
        await().atMost(Patience.LIMIT)
                .until(() ->
                        ProcessHandle.current()
                                .descendants()
                                .anyMatch(p ->
                                        p.info()
                                                .command()
                                                .map(c -> c.endsWith("/" + program))
                                                .orElse(false)));
    }

    /// Replies to an ask that has no reply yet.
    public void reply(Message ask, ObjectNode decision) {
        String id = Objects.requireNonNull(ask.requestId());
        if (answered.add(id)) {
            ObjectNode line = Json.object().put("type", "control_response");
            line.putObject("response")
                    .put("subtype", "success")
                    .put("request_id", id)
                    .set("response", decision);
            agent.reply(Message.of(line));
        }
    }

    public void interrupt() {
        agent.interrupt();
    }

    public ObjectNode control(ObjectNode request) {
        return agent.sendControlRequest(request, Duration.ofMinutes(1)).join();
    }

    /// The texts of the tools' results.
    public List<String> toolResults() {
        return events.messages("user").stream()
                .map(m -> m.tree().path("message").path("content").path(0))
                .filter(b -> b.path("type").asText().equals("tool_result"))
                .map(b -> b.path("content").asText())
                .toList();
    }

    @Override
    public void close() {
        agent.close();
        events.awaitExit();
    }
}
