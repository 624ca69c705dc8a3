package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.RequestLimit;
import dev.oriel.dialect.TextFrames;
import dev.oriel.dialect.manager.Command.AddRule;
import dev.oriel.dialect.manager.Command.Auth;
import dev.oriel.dialect.manager.Command.CreateSession;
import dev.oriel.dialect.manager.Command.DeleteSession;
import dev.oriel.dialect.manager.Command.EndSession;
import dev.oriel.dialect.manager.Command.InterruptSession;
import dev.oriel.dialect.manager.Command.KillAll;
import dev.oriel.dialect.manager.Command.ListRules;
import dev.oriel.dialect.manager.Command.ListSessions;
import dev.oriel.dialect.manager.Command.LoadMessages;
import dev.oriel.dialect.manager.Command.PermissionResponse;
import dev.oriel.dialect.manager.Command.Ping;
import dev.oriel.dialect.manager.Command.RemoveRule;
import dev.oriel.dialect.manager.Command.SendPrompt;
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

/// Does what one client that was let in asks for. No command waits for a prompt.
///
/// Confined to the connection's order.
final class Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final Roster roster;
    private final Peer peer;
    private final RequestLimit limit;
    private final Map<UUID, TurnSubscriber> prompted = new HashMap<>();

    /// Whether the client made a session as the third generation does.
    private boolean third;

    Desk(Roster roster, Peer peer) {
        this.roster = roster;
        this.peer = peer;
        this.limit = new RequestLimit(roster.settings().rate());
    }

    /// Blocks for the journal where a session is made.
    void handle(Command command) throws RefusedException {
        switch (command) {
            case CreateSession wish -> {
                count();
                ManagedSession made = roster.create(wish);
                ObjectNode frame = Frames.sessionCreated(made.id(), roster.shown(made));
                third |= made.generation() == Generation.THIRD;
                say(third ? frame.put("status", "created") : frame);
            }
            case SendPrompt(UUID id, JsonNode content) -> {
                count();
                subscriber(found(id)).prompt(content);
            }
            case EndSession(UUID id) -> end(found(id));
            case InterruptSession(UUID id) -> subscriber(found(id)).interrupt();
            case DeleteSession(UUID id) -> delete(found(id));
            case LoadMessages(UUID id, int limit, int offset) ->
                    say(roster.messages(found(id), limit, offset));
            case KillAll _ -> killAll();
            case AddRule(UUID id, AllowRule rule, var request) -> {
                ManagedSession session = found(id);
                session.add(rule);
                if (request != null) {
                    session.asks().answer(new PermissionResponse(id, request, true, null));
                }
                say(Frames.rulesList(id, session.rules()));
            }
            case RemoveRule(UUID id, String rule) -> {
                found(id).removeRule(rule);
                say(Frames.rulesList(id, found(id).rules()));
            }
            case ListRules(UUID id) -> say(Frames.rulesList(id, found(id).rules()));
            case ListSessions _ -> say(Frames.sessionsList(roster.list()));
            case Ping(var timestamp) ->
                    say(Frames.pong(timestamp == null ? Stamps.of(Instant.now()) : timestamp));
            case PermissionResponse answer -> answer(answer);
            case Auth _ -> {
                // Once is enough.
            }
        }
    }

    private void count() throws RefusedException {
        OptionalLong wait = limit.take();
        if (wait.isPresent()) {
            throw new RefusedException(
                    "Rate limit exceeded. Try again in " + wait.getAsLong() + " s.");
        }
    }

    private ManagedSession found(UUID id) throws RefusedException {
        return roster.find(id).orElseThrow(() -> RefusedException.noSuchSession(id));
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
        TurnSubscriber left = prompted.remove(session.id());
        if (left != null) {
            left.leave();
        }
        roster.end(session)
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        say(Frames.sessionEnded(session.id()));
                    } else {
                        LOG.warn("Session {} did not end", session.id(), failure);
                        say(
                                Frames.error(
                                        "Failed to end session: its journal cannot be used", null));
                    }
                });
    }

    private void killAll() {
        boolean both = third;
        prompted.values().forEach(TurnSubscriber::leave);
        prompted.clear();
        roster.endAll()
                .thenAccept(ended -> {
                    say(Frames.agentsKilled(ended));
                    if (both) {
                        say(Frames.allKilled(ended.size()));
                    }
                });
    }

    /// Waits for the agent's end, so it has a thread of its own.
    private void delete(ManagedSession session) {
        TurnSubscriber left = prompted.remove(session.id());
        if (left != null) {
            left.leave();
        }
        Thread.ofVirtual()
                .name("manager-delete")
                .start(() -> {
                    try {
                        roster.delete(session);
                        say(Frames.sessionDeleted(session.id()));
                    } catch (RefusedException e) {
                        say(Frames.error(e.text(), e.session()));
                    }
                });
    }

    private void answer(PermissionResponse answer) throws RefusedException {
        String request = Objects.requireNonNullElse(answer.request(), "");
        String tool =
                roster.find(answer.session())
                        .flatMap(s -> s.asks().answer(answer))
                        .orElseThrow(() ->
                                new RefusedException(
                                        "Permission request %s not found".formatted(request),
                                        answer.session()));
        say(Frames.permissionAcknowledged(answer.session(), request, tool, answer.approved()));
    }

    private void say(ObjectNode frame) {
        peer.send(new TextFrames(List.of(Json.bytes(frame))));
    }

    /// The client is gone. Its sessions stay, and so does what they are doing.
    void leave() {
        prompted.values().forEach(TurnSubscriber::leave);
        prompted.clear();
    }
}
