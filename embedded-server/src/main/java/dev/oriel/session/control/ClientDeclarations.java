package dev.oriel.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the clients of one session have declared to handle, and the requests of the agent that wait
/// for one of them. Each request goes to the client that declared it and to no other, has a
/// timeout, and fails closed ([DenyingResponses]).
///
/// Any thread; nothing blocks. Declarations live as long as their client's connection.
public final class ClientDeclarations implements ClientRequestHandler {
    /// The CLI's own timeout for hooks and MCP calls.
    private static final Duration STANDARD = Duration.ofSeconds(60);

    /// A user may need longer for a dialog.
    private static final Duration DIALOG = Duration.ofHours(1);

    /// The CLI waits this much longer, because it takes its own timeout for "no objection".
    private static final double GRACE_SECONDS = 30;

    private final ScheduledExecutorService timer;
    private final String reserved;
    private final IdentityHashMap<Object, Client> clients =
            new IdentityHashMap<>(); // guarded by this
    private final Map<String, Waiting> waiting = new LinkedHashMap<>(); // guarded by this
    private int numbered; // guarded by this

    /// @param number distinguishes the ids of its hooks from those of other clients
    /// @param to receives the agent's requests
    private record Client(
            int number, Object key, Consumer<Message> to, ClientDeclaration declared) {
        @SuppressWarnings("ReferenceEquality") // a client is equal to itself only
        boolean isOf(Object other) {
            return key == other;
        }
    }

    private record Waiting(Client client, JsonNode request, CompletableFuture<ObjectNode> answer) {}

    /// @param timer for timeouts
    /// @param reserved name of the server that no client may run
    public ClientDeclarations(ScheduledExecutorService timer, String reserved) {
        this.timer = timer;
        this.reserved = reserved;
    }

    /// Replaces what a client has declared before.
    ///
    /// @param to receives the agent's requests; must not block
    /// @return what is wrong, for the user; then nothing has changed
    public synchronized Optional<String> declare(
            Object client, Consumer<Message> to, ObjectNode initialize) {
        ClientDeclaration declared = ClientDeclaration.of(initialize);
        for (String server : declared.servers()) {
            if (server.equals(reserved) || isTaken(server, client)) {
                return Optional.of("There is a server of the name " + server + " already.");
            }
        }
        if (declared.isEmpty()) {
            clients.remove(client);
        } else {
            clients.put(client, new Client(++numbered, client, to, declared));
        }
        return Optional.empty();
    }

    private boolean isTaken(String server, Object but) {
        return clients.values().stream()
                .anyMatch(c -> !c.isOf(but) && c.declared().servers().contains(server));
    }

    /// True if an `initialize` declares something new, or takes back what its client has declared.
    public synchronized boolean isChange(Object client, ObjectNode initialize) {
        Client known = clients.get(client);
        ClientDeclaration now = ClientDeclaration.of(initialize);
        return known == null ? !now.isEmpty() : !known.declared().equals(now);
    }

    /// Removes a client that has left, and denies the requests that wait for it.
    ///
    /// @return whether it had declared anything
    public boolean withdraw(Object client) {
        List<Waiting> lost;
        boolean had;
        synchronized (this) {
            had = clients.remove(client) != null;
            lost = waiting.values().stream().filter(w -> w.client().isOf(client)).toList();
        }
        lost.forEach(w -> refuse(w, "The client that answers this has disconnected."));
        return had;
    }

    @Override
    public synchronized ObjectNode declarations() {
        ObjectNode all = Json.object();
        ObjectNode hooks = Json.object();
        ArrayNode servers = Json.mapper().createArrayNode();
        ArrayNode dialogs = Json.mapper().createArrayNode();
        inOrder()
                .forEach(c -> {
                    c.declared()
                            .hooks()
                            .properties()
                            .forEach(e ->
                                    add(hooks.withArray(e.getKey()), e.getValue(), c.number()));
                    c.declared().servers().forEach(servers::add);
                    c.declared().dialogs().forEach(dialogs::add);
                });
        put(all, "hooks", hooks);
        put(all, "sdkMcpServers", servers);
        put(all, "supportedDialogKinds", dialogs);
        return all;
    }

    private static void put(ObjectNode all, String name, JsonNode value) {
        if (!value.isEmpty()) {
            all.set(name, value);
        }
    }

    private List<Client> inOrder() {
        List<Client> all = new ArrayList<>(clients.values());
        all.sort((a, b) -> Integer.compare(a.number(), b.number()));
        return all;
    }

    private static void add(ArrayNode to, JsonNode matchers, int client) {
        for (JsonNode each : matchers) {
            ObjectNode matcher = each.deepCopy();
            ArrayNode ids = matcher.putArray("hookCallbackIds");
            each.path("hookCallbackIds").forEach(id -> ids.add(client + ":" + id.asText()));
            double seconds = each.path("timeout").asDouble((double) STANDARD.toSeconds());
            matcher.put("timeout", Math.ceil(seconds + GRACE_SECONDS));
            to.add(matcher);
        }
    }

    @Override
    public CompletableFuture<ObjectNode> forward(Message request) {
        JsonNode inner = request.tree().path("request");
        String id = String.valueOf(request.requestId());
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        Waiting mine;
        synchronized (this) {
            Client client = answering(inner);
            if (client == null) {
                return CompletableFuture.completedFuture(
                        DenyingResponses.responseTo(inner, "No client answers this."));
            }
            mine = new Waiting(client, inner, answer);
            waiting.put(id, mine);
        }
        Duration patience = patience(mine);
        var alarm =
                timer.schedule(
                        () ->
                                refuse(
                                        mine,
                                        "The client did not answer within %d s."
                                                .formatted(Math.max(1, patience.toSeconds()))),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
        answer.whenComplete((_, failure) -> {
            alarm.cancel(false);
            boolean open;
            synchronized (this) {
                open = waiting.remove(id, mine);
            }
            if (open && failure instanceof CancellationException) {
                mine.client().to().accept(cancelled(id));
            }
        });
        mine.client().to().accept(forClient(request, inner));
        return answer;
    }

    private @Nullable Client answering(JsonNode request) {
        return switch (request.path("subtype").asText()) {
            case ControlSubtype.HOOK_CALLBACK -> {
                String id = request.path("callback_id").asText();
                yield first(c -> id.startsWith(c.number() + ":"));
            }
            case ControlSubtype.MCP_MESSAGE -> {
                String server = request.path("server_name").asText();
                yield first(c -> c.declared().servers().contains(server));
            }
            case ControlSubtype.REQUEST_USER_DIALOG -> {
                String kind = request.path("dialog_kind").asText();
                yield first(c -> c.declared().dialogs().contains(kind));
            }
            default -> null;
        };
    }

    private @Nullable Client first(java.util.function.Predicate<Client> fits) {
        return inOrder().stream().filter(fits).findFirst().orElse(null);
    }

    private static Duration patience(Waiting call) {
        return switch (call.request().path("subtype").asText()) {
            case ControlSubtype.REQUEST_USER_DIALOG -> DIALOG;
            case ControlSubtype.HOOK_CALLBACK ->
                    call.client().declared().timeoutOf(callback(call.request()), STANDARD);
            default -> STANDARD;
        };
    }

    private static String callback(JsonNode request) {
        String id = request.path("callback_id").asText();
        return id.substring(id.indexOf(':') + 1);
    }

    /// Replaces the hook's id by the one that the client has chosen.
    private static Message forClient(Message request, JsonNode inner) {
        if (!inner.has("callback_id")) {
            return request;
        }
        ObjectNode copy = request.tree().deepCopy();
        ((ObjectNode) copy.get("request")).put("callback_id", callback(inner));
        return Message.of(copy);
    }

    private static Message cancelled(String requestId) {
        return Message.of(
                Json.object()
                        .put("type", MessageType.CONTROL_CANCEL_REQUEST)
                        .put("request_id", requestId));
    }

    private static void refuse(Waiting call, String why) {
        call.answer().complete(DenyingResponses.responseTo(call.request(), why));
    }

    /// Completes a request with a client's `control_response`.
    ///
    /// @return false if no such request waits for this client
    public boolean receiveResponse(Object client, Message response) {
        Waiting call;
        synchronized (this) {
            call = waiting.get(String.valueOf(response.requestId()));
        }
        if (call == null || !call.client().isOf(client)) {
            return false;
        }
        JsonNode given = response.tree().path("response");
        boolean right =
                given.path("subtype").asText().equals("success")
                        && given.path("response").isObject();
        if (right) {
            ObjectNode answer = given.deepCopy();
            answer.remove("request_id");
            call.answer().complete(answer);
        } else {
            refuse(call, "The client answered with an error.");
        }
        return true;
    }
}
