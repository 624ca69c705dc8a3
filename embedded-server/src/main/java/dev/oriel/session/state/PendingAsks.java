package dev.oriel.session.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Message;
import dev.oriel.session.control.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The asks of a session that wait for a reply. Confined to the lane.
public final class PendingAsks {
    private final Map<String, Message> open = new LinkedHashMap<>();

    /// Adds a `control_request` of the agent.
    public void open(Message ask) {
        String id = ask.requestId();
        if (id != null) {
            open.put(id, ask);
        }
    }

    /// @return whether it was open
    public boolean close(String requestId) {
        return open.remove(requestId) != null;
    }

    public boolean isEmpty() {
        return open.isEmpty();
    }

    public int size() {
        return open.size();
    }

    public boolean has(String requestId) {
        return open.containsKey(requestId);
    }

    public List<Message> all() {
        return List.copyOf(open.values());
    }

    /// Closes all of them.
    ///
    /// @return their request ids
    public List<String> closeAll() {
        List<String> ids = new ArrayList<>(open.keySet());
        open.clear();
        return ids;
    }

    /// Validates a reply. The CLI turns a malformed one into an error of the tool.
    ///
    /// @param mayBypass whether the operator allows `bypassPermissions`
    /// @return what is wrong; empty if the reply is valid
    public Optional<String> problemWith(Message reply, boolean mayBypass) {
        Message ask = open.get(String.valueOf(reply.requestId()));
        return ask != null && isElicitation(ask)
                ? elicitationProblem(reply)
                : problem(reply, mayBypass);
    }

    /// True if a client may reply. Only the native wire has frames for elicitations.
    public boolean mayReply(String requestId, Role role) {
        Message ask = open.get(requestId);
        return ask != null && (role == Role.OWNER || !isElicitation(ask));
    }

    /// True if the agent asks for an MCP server's elicitation, and not for a permission.
    public static boolean isElicitation(Message ask) {
        return ControlSubtype.ELICITATION.equals(ask.subtype());
    }

    private static Optional<String> elicitationProblem(Message reply) {
        JsonNode response = reply.tree().path("response");
        JsonNode given = response.path("response");
        boolean valid =
                ControlSubtype.ERROR.equals(response.path("subtype").asText())
                        || switch (given.path("action").asText()) {
                            case "decline", "cancel" -> true;
                            case "accept" ->
                                    given.path("content").isMissingNode()
                                            || given.path("content").isObject();
                            default -> false;
                        };
        return valid
                ? Optional.empty()
                : Optional.of(
                        "action must be \"accept\", \"decline\" or \"cancel\", and content an"
                                + " object");
    }

    /// Validates a reply to an ask for a permission.
    static Optional<String> problem(Message reply, boolean mayBypass) {
        JsonNode response = reply.tree().path("response");
        if (ControlSubtype.ERROR.equals(response.path("subtype").asText())) {
            return Optional.empty();
        }
        JsonNode decision = response.path("response");
        return switch (decision.path("behavior").asText()) {
            case "deny" ->
                    decision.path("message").isTextual()
                            ? Optional.empty()
                            : Optional.of("deny needs a message");
            case "allow" -> {
                if (!decision.path("updatedInput").isMissingNode()
                        && !decision.path("updatedInput").isObject()) {
                    yield Optional.of("updatedInput must be an object");
                }
                for (JsonNode update : decision.path("updatedPermissions")) {
                    if (!mayBypass && "bypassPermissions".equals(update.path("mode").asText())) {
                        yield Optional.of("bypassPermissions is not allowed on this server");
                    }
                }
                yield Optional.empty();
            }
            default -> Optional.of("behavior must be \"allow\" or \"deny\"");
        };
    }
}
