package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.RateLimit;
import dev.oriel.dialect.TextFrames;
import dev.oriel.dialect.manager.ManagerCommand.AddRule;
import dev.oriel.dialect.manager.ManagerCommand.Auth;
import dev.oriel.dialect.manager.ManagerCommand.CreateSession;
import dev.oriel.dialect.manager.ManagerCommand.DeleteSession;
import dev.oriel.dialect.manager.ManagerCommand.EndSession;
import dev.oriel.dialect.manager.ManagerCommand.InterruptSession;
import dev.oriel.dialect.manager.ManagerCommand.KillAll;
import dev.oriel.dialect.manager.ManagerCommand.ListRules;
import dev.oriel.dialect.manager.ManagerCommand.ListSessions;
import dev.oriel.dialect.manager.ManagerCommand.LoadMessages;
import dev.oriel.dialect.manager.ManagerCommand.PermissionResponse;
import dev.oriel.dialect.manager.ManagerCommand.Ping;
import dev.oriel.dialect.manager.ManagerCommand.RemoveRule;
import dev.oriel.dialect.manager.ManagerCommand.SendPrompt;
import dev.oriel.message.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Executes the commands of one client that is logged in. No command waits for a prompt.
///
/// Confined to the connection's serial executor.
final class ManagerCommandHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ManagerCommandHandler.class);

    private final ManagedSessions sessions;
    private final Peer peer;
    private final RateLimit limit;
    private final Map<UUID, TurnSubscriber> prompted = new HashMap<>();

    /// Whether the client has created a session of the third generation.
    private boolean third;

    ManagerCommandHandler(ManagedSessions sessions, Peer peer) {
        this.sessions = sessions;
        this.peer = peer;
        this.limit = new RateLimit(sessions.settings().rate());
    }

    /// Blocks for the journal if a session is created.
    void handle(ManagerCommand command) throws CommandRefusedException {
        switch (command) {
            case CreateSession creation -> {
                checkRateLimit();
                ManagedSession created = sessions.create(creation);
                ObjectNode frame =
                        ManagerFrames.sessionCreated(created.id(), sessions.sessionObject(created));
                third |= created.generation() == ClientGeneration.THIRD;
                send(third ? frame.put("status", "created") : frame);
            }
            case SendPrompt(UUID id, JsonNode content) -> {
                checkRateLimit();
                subscriber(require(id)).prompt(content);
            }
            case EndSession(UUID id) -> end(require(id));
            case InterruptSession(UUID id) -> subscriber(require(id)).interrupt();
            case DeleteSession(UUID id) -> delete(require(id));
            case LoadMessages(UUID id, int limit, int offset) ->
                    send(sessions.loadMessages(require(id), limit, offset));
            case KillAll _ -> killAll();
            case AddRule(UUID id, AllowRule rule, var request) -> {
                ManagedSession session = require(id);
                session.addRule(rule);
                if (request != null) {
                    session.permissionRequests()
                            .resolve(new PermissionResponse(id, request, true, null));
                }
                send(ManagerFrames.rulesList(id, session.rules()));
            }
            case RemoveRule(UUID id, String rule) -> {
                require(id).removeRule(rule);
                send(ManagerFrames.rulesList(id, require(id).rules()));
            }
            case ListRules(UUID id) -> send(ManagerFrames.rulesList(id, require(id).rules()));
            case ListSessions _ -> send(ManagerFrames.sessionsList(sessions.sessionObjects()));
            case Ping(var timestamp) ->
                    send(
                            ManagerFrames.pong(
                                    timestamp == null
                                            ? ManagerTimestamps.format(Instant.now())
                                            : timestamp));
            case PermissionResponse answer -> resolvePermission(answer);
            case Auth _ -> {
                // The client is logged in.
            }
        }
    }

    private void checkRateLimit() throws CommandRefusedException {
        OptionalLong wait = limit.acquire();
        if (wait.isPresent()) {
            throw new CommandRefusedException(
                    "Rate limit exceeded. Try again in " + wait.getAsLong() + " s.");
        }
    }

    private ManagedSession require(UUID id) throws CommandRefusedException {
        return sessions.find(id).orElseThrow(() -> CommandRefusedException.noSuchSession(id));
    }

    private TurnSubscriber subscriber(ManagedSession session) {
        TurnSubscriber known = prompted.get(session.id());
        if (known != null && known.session() == session) {
            return known;
        }
        var subscriber = new TurnSubscriber(session, peer);
        prompted.put(session.id(), subscriber);
        return subscriber;
    }

    private void end(ManagedSession session) {
        TurnSubscriber subscriber = prompted.remove(session.id());
        if (subscriber != null) {
            subscriber.unsubscribe();
        }
        sessions.end(session)
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        send(ManagerFrames.sessionEnded(session.id()));
                    } else {
                        LOG.warn("Session {} did not end", session.id(), failure);
                        send(
                                ManagerFrames.error(
                                        "Failed to end session: its journal cannot be used", null));
                    }
                });
    }

    private void killAll() {
        boolean both = third;
        prompted.values().forEach(TurnSubscriber::unsubscribe);
        prompted.clear();
        sessions.endAll()
                .thenAccept(ended -> {
                    send(ManagerFrames.agentsKilled(ended));
                    if (both) {
                        send(ManagerFrames.allKilled(ended.size()));
                    }
                });
    }

    /// Runs on a thread of its own, because it waits for the agent's end.
    private void delete(ManagedSession session) {
        TurnSubscriber subscriber = prompted.remove(session.id());
        if (subscriber != null) {
            subscriber.unsubscribe();
        }
        Thread.ofVirtual()
                .name("manager-delete")
                .start(() -> {
                    try {
                        sessions.delete(session);
                        send(ManagerFrames.sessionDeleted(session.id()));
                    } catch (CommandRefusedException e) {
                        send(ManagerFrames.error(e.text(), e.session()));
                    }
                });
    }

    private void resolvePermission(PermissionResponse answer) throws CommandRefusedException {
        String request = Objects.requireNonNullElse(answer.request(), "");
        String tool =
                sessions.find(answer.session())
                        .flatMap(s -> s.permissionRequests().resolve(answer))
                        .orElseThrow(() ->
                                new CommandRefusedException(
                                        "Permission request %s not found".formatted(request),
                                        answer.session()));
        send(
                ManagerFrames.permissionAcknowledged(
                        answer.session(), request, tool, answer.approved()));
    }

    private void send(ObjectNode frame) {
        peer.send(new TextFrames(List.of(Json.encode(frame))));
    }

    /// Must be called when the client has disconnected. Its sessions and their turns continue.
    void close() {
        prompted.values().forEach(TurnSubscriber::unsubscribe);
        prompted.clear();
    }
}
