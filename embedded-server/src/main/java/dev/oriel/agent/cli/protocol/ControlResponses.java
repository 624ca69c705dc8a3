package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Encodes responses to requests of the CLI. A request without a response would stop the turn for
/// ever.
final class ControlResponses {
    private static final Pattern REQUEST = Pattern.compile("\"type\"\\s*:\\s*\"control_request\"");
    private static final Pattern REQUEST_ID =
            Pattern.compile("\"request_id\"\\s*:\\s*\"([\\w-]{1,200})\"");

    private ControlResponses() {}

    /// @param reply the inner `response` object
    static byte[] success(Message request, ObjectNode reply) {
        ObjectNode response = Json.object().put("subtype", "success");
        response.set("response", reply);
        return response(request, response);
    }

    /// The response to a request that no handler knows.
    static byte[] unsupported(Message request) {
        return response(
                request,
                Json.object()
                        .put("subtype", "error")
                        .put("error", "This host does not support such a request."));
    }

    /// The response to a line that cannot be parsed but looks like a request.
    ///
    /// @return null if it does not look like one
    static byte @Nullable [] unreadable(String line) {
        Matcher id = REQUEST_ID.matcher(line);
        if (!REQUEST.matcher(line).find() || !id.find()) {
            return null;
        }
        return response(
                id.group(1),
                Json.object()
                        .put("subtype", "error")
                        .put("error", "This host could not read the request."));
    }

    /// @param response without its `request_id`
    static byte[] response(Message request, ObjectNode response) {
        return response(request.requestId(), response);
    }

    private static byte[] response(@Nullable String requestId, ObjectNode response) {
        response.put("request_id", requestId);
        ObjectNode whole = Json.object().put("type", MessageType.CONTROL_RESPONSE);
        whole.set("response", response);
        return Json.encode(whole);
    }
}
