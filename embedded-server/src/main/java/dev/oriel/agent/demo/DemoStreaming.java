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

/// Streams one response of the demo block by block, as a model does: deltas with the delays of
/// [DemoPace], then the complete block, before its `content_block_stop` (as CLI 2.1.329 does).
/// Confined to the demo's thread.
final class DemoStreaming {
    private static final Pattern TOKEN = Pattern.compile("\\S{1,8}\\s*|\\s+");

    private final DemoMessages lines;
    private final DemoInbox inbox;
    private final DemoPace pace;
    private final Consumer<Message> out;
    private @Nullable String messageId;
    private int blocks;
    private boolean open;
    private StringBuilder streamed = new StringBuilder();

    DemoStreaming(DemoMessages lines, DemoInbox inbox, DemoPace pace, Consumer<Message> out) {
        this.lines = lines;
        this.inbox = inbox;
        this.pace = pace;
        this.out = out;
    }

    void text(String markdown) throws StoppedException, InterruptedException {
        startBlock(Json.object().put("type", "text").put("text", ""));
        for (String token : tokens(markdown)) {
            pause();
            streamed.append(token);
            delta(Json.object().put("type", "text_delta").put("text", token));
        }
        completeBlock(Json.object().put("type", "text").put("text", markdown));
    }

    void thinking(String text) throws StoppedException, InterruptedException {
        startBlock(Json.object().put("type", "thinking").put("thinking", "").put("signature", ""));
        int tokens = 0;
        for (String token : tokens(text)) {
            pause(tokens++);
            delta(Json.object().put("type", "thinking_delta").put("thinking", token));
            if (tokens % 20 == 0) {
                out.accept(lines.thinkingTokens(tokens, 20));
            }
        }
        delta(Json.object().put("type", "signature_delta").put("signature", "demo"));
        completeBlock(
                Json.object()
                        .put("type", "thinking")
                        .put("thinking", text)
                        .put("signature", "demo"));
    }

    void toolUse(String id, String name, ObjectNode input)
            throws StoppedException, InterruptedException {
        ObjectNode use = Json.object().put("type", "tool_use").put("id", id).put("name", name);
        ObjectNode begin = use.deepCopy();
        begin.putObject("input");
        startBlock(begin);
        for (String token : tokens(input.toString())) {
            pause();
            delta(Json.object().put("type", "input_json_delta").put("partial_json", token));
        }
        use.set("input", input.deepCopy());
        completeBlock(use);
    }

    /// Ends the response, if one has been started.
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

    /// Emits the streamed part of an interrupted text as a complete block marked `aborted`.
    void abortText() {
        String id = messageId;
        if (id != null && open && !streamed.isEmpty()) {
            ObjectNode text = Json.object().put("type", "text").put("text", streamed.toString());
            out.accept(Message.of(lines.assistant(id, text).put("aborted", true)));
        }
    }

    /// Closes the block and the response that [#abortText] left open.
    void close() {
        if (open) {
            stopBlock();
        }
        end(null);
    }

    private void startBlock(ObjectNode block) throws StoppedException, InterruptedException {
        if (messageId == null) {
            out.accept(lines.requesting());
            inbox.pause(pace.work());
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
        streamed = new StringBuilder();
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

    private void completeBlock(ObjectNode block) {
        String id = messageId;
        if (id == null) {
            throw new IllegalStateException("no response has been started");
        }
        out.accept(Message.of(lines.assistant(id, block)));
        stopBlock();
    }

    private void stopBlock() {
        out.accept(
                lines.event(Json.object().put("type", "content_block_stop").put("index", blocks)));
        open = false;
        blocks++;
    }

    private void pause() throws StoppedException, InterruptedException {
        pause(streamed.length());
    }

    private void pause(int index) throws StoppedException, InterruptedException {
        inbox.pause(pace.token(index));
        for (Message aside = inbox.pollAside(); aside != null; aside = inbox.pollAside()) {
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
