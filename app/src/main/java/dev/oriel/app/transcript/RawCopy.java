package dev.oriel.app.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Copies the input or the result of a tool call as JSON, whole, as the journal has it. Belongs to
/// the JavaFX thread.
final class RawCopy {
    private final FxLane lane;
    private final Executor background;
    private final Consumer<String> copy;

    /// @param background formats what may be large
    /// @param copy copies a text
    RawCopy(FxLane lane, Executor background, Consumer<String> copy) {
        this.lane = lane;
        this.background = background;
        this.copy = copy;
    }

    void copy(ClickAction.CopyRaw what, @Nullable ConversationModel model) {
        if (model == null || what.seq() == 0) {
            copy.accept(what.otherwise());
            return;
        }
        model.findMessage(what.seq())
                .handleAsync(
                        (found, _) -> {
                            Message message = found == null ? null : found.orElse(null);
                            String json = message == null ? "" : json(message, what);
                            return json.isEmpty() ? what.otherwise() : json;
                        },
                        background)
                .thenAccept(json -> lane.post(() -> copy.accept(json)));
    }

    /// @return empty if the message has no such call
    static String json(Message message, ClickAction.CopyRaw what) {
        JsonNode tree = message.tree();
        for (JsonNode block : tree.path("message").path("content")) {
            String id = block.path(what.result() ? "tool_use_id" : "id").asText("");
            if (id.equals(what.toolUseId())) {
                return what.result() ? result(block, tree) : block.path("input").toPrettyString();
            }
        }
        return "";
    }

    private static String result(JsonNode block, JsonNode tree) {
        JsonNode structured = tree.path("tool_use_result");
        if (structured.isMissingNode() || structured.isNull()) {
            return block.toPrettyString();
        }
        ObjectNode both = Json.object();
        both.set("tool_result", block);
        both.set("tool_use_result", structured);
        return both.toPrettyString();
    }
}
