package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.RateLimit;
import dev.oriel.message.CloseCode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.session.api.BadRequestException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client: handles its frames in the order in which they arrive (wire.md 1.3).
///
/// They are handled on a virtual thread of the connection, because a query can wait for the
/// journal. An invalid frame is answered with an `error`, and the connection stays open.
final class EnhancedConnection implements DialectConnection {
    private static final Logger LOG = LoggerFactory.getLogger(EnhancedConnection.class);
    private static final int TOOLS_LIMIT = 100;

    /// Maximum number of characters of frames that wait to be handled.
    private static final long MAX_WAITING = 64L * 1024 * 1024;

    private final String id;
    private final Peer peer;
    private final boolean mayBypass;
    private final Runnable onClosed;
    private final RateLimit limit;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("enhanced").factory());
    private final ConnectionTools ownTools = new ConnectionTools(this::send);
    private final QueryRunner runner;
    private final BatchQueue batch;
    private final IdleTimeout idle;
    private final AtomicLong waiting = new AtomicLong();
    private final Instant since = Instant.now();

    /// @param onClosed run once, after the client has disconnected
    EnhancedConnection(
            String id,
            Peer peer,
            DialectContext context,
            SessionResolver resolver,
            EnhancedSettings settings,
            Runnable onClosed) {
        this.id = id;
        this.peer = peer;
        this.mayBypass = context.sessions().mayBypass();
        this.onClosed = onClosed;
        this.limit = new RateLimit(settings.rate());
        this.batch = new BatchQueue(frame -> handle(frame, true));
        this.runner =
                new QueryRunner(peer, context, resolver, ownTools, this::post, this::drainBatch);
        this.idle =
                new IdleTimeout(
                        settings.sessionTimeout(),
                        context.timer(),
                        peer,
                        runner::isBusy,
                        InstantSource.system());
        peer.describe("enhanced " + id);
        send(EnhancedFrames.connectionEstablished(id));
    }

    Instant since() {
        return since;
    }

    /// The element of `GET /sessions`.
    ObjectNode toJson() {
        return Json.object()
                .put("session_id", id)
                .put("created_at", since.toString())
                .put("last_activity", idle.lastActivity().toString())
                .put("query_running", runner.isBusy());
    }

    @Override
    public void onText(String text) {
        idle.touch();
        if (waiting.addAndGet(text.length()) > MAX_WAITING) {
            peer.close(CloseCode.POLICY_VIOLATION, "too many frames at once");
            return;
        }
        post(() -> {
            waiting.addAndGet(-text.length());
            frame(text);
        });
    }

    @Override
    public void onBinary(int bytes) {
        send(EnhancedFrames.error("Binary frames are not understood."));
    }

    @Override
    public void onClosed() {
        idle.stop();
        post(() -> {
            try {
                batch.clear();
                runner.close();
            } finally {
                onClosed.run();
                // Last: a query that ends at this moment still has to be counted.
                thread.shutdown();
            }
        });
    }

    private void post(Runnable step) {
        try {
            thread.execute(() -> safely(step));
        } catch (RejectedExecutionException e) {
            LOG.debug("Connection {} is gone; nothing more is done for it", id);
        }
    }

    private void safely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("A frame could not be handled", e);
            send(EnhancedFrames.error("Something went wrong in the server."));
        }
    }

    private void frame(String text) {
        try {
            handle(Json.parseObject(text.getBytes(StandardCharsets.UTF_8)), false);
        } catch (MalformedMessageException e) {
            send(EnhancedFrames.error("A frame must be one JSON object: " + e.getMessage()));
        }
    }

    /// Continues a batch after a query has ended.
    private void drainBatch() {
        batch.drain(runner::isBusy);
    }

    /// @param batched whether the frame is part of a batch, whose queries wait for each other
    private void handle(ObjectNode frame, boolean batched) {
        try {
            switch (frame.path("type").asText()) {
                case "query" -> {
                    checkRateLimit();
                    if (runner.isBusy() || (!batched && !batch.isEmpty())) {
                        throw new BadRequestException(EnhancedFrames.QUERY_IN_PROGRESS);
                    }
                    query(frame);
                }
                case "input" -> {
                    checkRateLimit();
                    runner.addInput(text(frame, "text"));
                }
                case "get_tools" -> {
                    checkRateLimit();
                    tools(frame);
                }
                case "define_tool" -> {
                    checkRateLimit();
                    ownTools.define(frame.path("tool"));
                }
                case "tool_output" -> ownTools.onOutput(frame);
                case "batch" -> {
                    batch.add(frame.path("messages"));
                    drainBatch();
                }
                case "interrupt" -> runner.interrupt();
                case "ping" -> send(EnhancedFrames.frame("pong"));
                default -> {
                    // Ignored, as in the original: newer clients can send more.
                }
            }
        } catch (BadRequestException e) {
            send(EnhancedFrames.error(String.valueOf(e.getMessage())));
        }
    }

    /// Counts a request against the rate limit. Interrupts, pings and outputs of tools are not
    /// limited.
    private void checkRateLimit() throws BadRequestException {
        OptionalLong wait = limit.acquire();
        if (wait.isPresent()) {
            throw new BadRequestException(
                    "Rate limit exceeded. Try again in " + wait.getAsLong() + " s.");
        }
    }

    private void query(ObjectNode frame) throws BadRequestException {
        String prompt = text(frame, "prompt");
        if (prompt.isBlank()) {
            throw new BadRequestException("prompt must not be empty");
        }
        runner.startQuery(prompt, QueryOptions.parse(frame.path("options"), mayBypass));
    }

    private void tools(ObjectNode frame) throws BadRequestException {
        JsonNode most = frame.path("limit");
        if (!most.isMissingNode() && !most.isNull() && !(most.isInt() && most.intValue() >= 0)) {
            throw new BadRequestException("limit must be a whole number from 0");
        }
        String name = text(frame, "name");
        send(
                ToolListFrame.of(
                        ownTools.all(),
                        runner.tools(),
                        name.isEmpty() ? null : name,
                        most.asInt(TOOLS_LIMIT)));
    }

    private static String text(ObjectNode frame, String name) throws BadRequestException {
        @Nullable JsonNode value = frame.get(name);
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw new BadRequestException(name + " must be a string");
        }
        return value.textValue();
    }

    private void send(ObjectNode frame) {
        peer.send(new String(Json.encode(frame), StandardCharsets.UTF_8));
    }
}
