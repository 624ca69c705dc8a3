package dev.oriel.agent.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.demo.DemoInbox.StoppedException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Speaks one answer of the demo block by block, as a model's stream does: deltas at the pace, then
/// the whole block, which comes before its `content_block_stop` (as with CLI 2.1.329).
final class DemoStreaming {
    private static final Pattern TOKEN = Pattern.compile("\\S{1,8}\\s*|\\s+");

    private final DemoMessages lines;
    private final DemoInbox stage;
    private final DemoPace pace;
    private final Consumer<Message> out;
    private @Nullable String messageId;
    private int blocks;
    private boolean open;
    private StringBuilder spoken = new StringBuilder();

    DemoStreaming(DemoMessages lines, DemoInbox stage, DemoPace pace, Consumer<Message> out) {
        this.lines = lines;
        this.stage = stage;
        this.pace = pace;
        this.out = out;
    }

    void text(String markdown) throws StoppedException, InterruptedException {
        start(Json.object().put("type", "text").put("text", ""));
        for (String token : tokens(markdown)) {
            rest();
            spoken.append(token);
            delta(Json.object().put("type", "text_delta").put("text", token));
        }
        whole(Json.object().put("type", "text").put("text", markdown));
    }

    void thinking(String text) throws StoppedException, InterruptedException {
        start(Json.object().put("type", "thinking").put("thinking", "").put("signature", ""));
        int tokens = 0;
        for (String token : tokens(text)) {
            rest(tokens++);
            delta(Json.object().put("type", "thinking_delta").put("thinking", token));
            if (tokens % 20 == 0) {
                out.accept(lines.thinkingTokens(tokens, 20));
            }
        }
        delta(Json.object().put("type", "signature_delta").put("signature", "demo"));
        whole(Json.object().put("type", "thinking").put("thinking", text).put("signature", "demo"));
    }

    void toolUse(String id, String name, ObjectNode input)
            throws StoppedException, InterruptedException {
        ObjectNode use = Json.object().put("type", "tool_use").put("id", id).put("name", name);
        ObjectNode begin = use.deepCopy();
        begin.putObject("input");
        start(begin);
        for (String token : tokens(input.toString())) {
            rest();
            delta(Json.object().put("type", "input_json_delta").put("partial_json", token));
        }
        use.set("input", input.deepCopy());
        whole(use);
    }

    /// Ends the answer, if one has begun.
    void end(@Nullable String stopReason) {
        if (messageId == null) {
            return;
        }
        ObjectNode event = Json.object().put("type", "message_delta");
        event.putObject("delta").put("stop_reason", stopReason);
        event.set("usage", DemoMessages.usage());
        out.accept(lines.event(event));
        out.accept(lines.event(Json.object().put("type", "message_stop")));
        messageId = null;
        blocks = 0;
    }

    /// What was said of a text that was broken off, as a whole block marked `aborted`.
    void cutOff() {
        String id = messageId;
        if (id != null && open && !spoken.isEmpty()) {
            ObjectNode text = Json.object().put("type", "text").put("text", spoken.toString());
            out.accept(Message.of(lines.assistant(id, text).put("aborted", true)));
        }
    }

    /// Closes what [#cutOff] left open.
    void close() {
        if (open) {
            stop();
        }
        end(null);
    }

    private void start(ObjectNode block) throws StoppedException, InterruptedException {
        if (messageId == null) {
            out.accept(lines.requesting());
            stage.pause(pace.work());
            String id = "msg_demo_" + UUID.randomUUID();
            ObjectNode event = Json.object().put("type", "message_start");
            ObjectNode message =
                    event.putObject("message")
                            .put("id", id)
                            .put("type", "message")
                            .put("role", "assistant")
                            .put("model", DemoMessages.MODEL);
            message.putArray("content");
            message.set("usage", DemoMessages.usage());
            out.accept(lines.event(event));
            messageId = id;
        }
        spoken = new StringBuilder();
        open = true;
        ObjectNode event = Json.object().put("type", "content_block_start").put("index", blocks);
        event.set("content_block", block);
        out.accept(lines.event(event));
    }

    private void delta(ObjectNode delta) {
        ObjectNode event = Json.object().put("type", "content_block_delta").put("index", blocks);
        event.set("delta", delta);
        out.accept(lines.event(event));
    }

    private void whole(ObjectNode block) {
        String id = messageId;
        if (id == null) {
            throw new IllegalStateException("no answer has begun");
        }
        out.accept(Message.of(lines.assistant(id, block)));
        stop();
    }

    private void stop() {
        out.accept(
                lines.event(Json.object().put("type", "content_block_stop").put("index", blocks)));
        open = false;
        blocks++;
    }

    private void rest() throws StoppedException, InterruptedException {
        rest(spoken.length());
    }

    private void rest(int index) throws StoppedException, InterruptedException {
        stage.pause(pace.token(index));
        for (Message aside = stage.pollAside(); aside != null; aside = stage.pollAside()) {
            out.accept(aside);
        }
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }
}
