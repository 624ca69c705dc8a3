package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.UserMessages;
import dev.oriel.session.BadRequestException;
import dev.oriel.session.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client: its frames in the order they came, its queries one after the other.
///
/// **Threads.** Frames are handled on a virtual thread of the connection, as a query may have to
/// wait for the journal; what the session says comes on the session's lane. The lock guards what
/// both look at.
final class EnhancedConnection implements DialectConnection, Attachment.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(EnhancedConnection.class);

    private final String id;
    private final Peer peer;
    private final Attaching attaching;
    private final boolean mayBypass;
    private final Runnable left;
    private final ExecutorService frames =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("enhanced").factory());
    private final Object lock = new Object();
    private final Deque<ObjectNode> batch = new ArrayDeque<>(); // of the thread of the frames
    private @Nullable Attachment attached; // guarded by lock
    private @Nullable QueryRun run; // guarded by lock
    private double total; // guarded by lock

    /// @param left run once, when the client is gone
    EnhancedConnection(
            String id, Peer peer, Attaching attaching, boolean mayBypass, Runnable left) {
        this.id = id;
        this.peer = peer;
        this.attaching = attaching;
        this.mayBypass = mayBypass;
        this.left = left;
        peer.describe("enhanced " + id);
        send(List.of(Frames.connectionEstablished(id)));
    }

    @Override
    public void onText(String text) {
        frames.execute(() -> safely(() -> frame(text)));
    }

    @Override
    public void onBinary(int bytes) {
        send(List.of(Frames.error("Binary frames are not understood.")));
    }

    @Override
    public void onClosed() {
        frames.execute(() -> safely(this::leave));
        frames.shutdown();
    }

    private void safely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("A frame could not be handled", e);
            send(List.of(Frames.error("Something went wrong in the server.")));
        }
    }

    private void frame(String text) {
        try {
            handle(Json.readObject(text.getBytes(StandardCharsets.UTF_8)), false);
        } catch (MalformedMessageException e) {
            refuse("A frame must be one JSON object: " + e.getMessage());
        }
    }

    /// @param batched whether it is part of a batch, whose queries wait for each other
    private void handle(ObjectNode frame, boolean batched) {
        switch (frame.path("type").asText()) {
            case "query" -> {
                if (isBusy() || (!batched && !batch.isEmpty())) {
                    refuse(Frames.ALREADY);
                } else {
                    query(frame);
                }
            }
            case "interrupt" -> interrupt();
            case "ping" -> send(List.of(Frames.frame("pong")));
            default -> {
                // Ignored without a word, as in the original: newer clients say more.
            }
        }
    }

    private boolean isBusy() {
        synchronized (lock) {
            return run != null;
        }
    }

    private void query(ObjectNode frame) {
        UUID uuid = UUID.randomUUID();
        try {
            String prompt = text(frame, "prompt");
            if (prompt.isBlank()) {
                throw new BadRequestException("prompt must not be empty");
            }
            QueryOptions options = QueryOptions.read(frame.path("options"), mayBypass);
            send(List.of(Frames.queryStart(prompt)));
            Attachment before = attachment();
            Attachment now = attaching.attach(options, before, peer, this);
            if (before != null && before != now) {
                leave(before);
            }
            synchronized (lock) {
                attached = now;
                run = new QueryRun(uuid, options.resume(), now.cost(), total);
            }
            now.session.prompt(now, UserMessages.prompt(uuid, prompt));
        } catch (BadRequestException | JournalException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private static String text(ObjectNode frame, String name) throws BadRequestException {
        JsonNode value = frame.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw new BadRequestException(name + " must be a string");
        }
        return value.textValue();
    }

    private void interrupt() {
        synchronized (lock) {
            if (run == null || attached == null || run.isInterrupted()) {
                return; // nothing to stop, and nothing is said of it
            }
            run.interrupt();
            send(List.of(Frames.frame("interrupt_acknowledged")));
            attached.session.interrupt(attached, run.prompt());
        }
    }

    private @Nullable Attachment attachment() {
        synchronized (lock) {
            return attached;
        }
    }

    @Override
    public void heard(Attachment from, List<Delivery> deliveries) {
        synchronized (lock) {
            if (from != attached || run == null) {
                return;
            }
            List<ObjectNode> said = new ArrayList<>();
            for (Delivery d : deliveries) {
                said.addAll(run.take(d));
            }
            send(said);
            if (run.phase() instanceof QueryRun.Phase.Over) {
                over(run, from);
            }
        }
    }

    @Override
    public void gone(Attachment from) {
        synchronized (lock) {
            if (from != attached) {
                return;
            }
            attached = null;
            if (run != null) {
                List<ObjectNode> said = new ArrayList<>();
                run.fail("The session was deleted.", said);
                send(said);
                over(run, from);
            }
        }
    }

    /// Under the lock: the next query may come.
    private void over(QueryRun ended, Attachment where) {
        total = ended.total();
        run = null;
        if (ended.phase() instanceof QueryRun.Phase.Over(QueryRun.Outcome outcome)
                && outcome == QueryRun.Outcome.ERROR) {
            where.session.abandon(ended.prompt()); // it may still wait, or run
        }
    }

    private void leave() {
        Attachment last;
        synchronized (lock) {
            last = attached;
            attached = null;
            if (run != null && last != null) {
                last.session.abandon(run.prompt());
            }
            run = null;
        }
        if (last != null) {
            leave(last);
        }
        left.run();
    }

    private static void leave(Attachment attachment) {
        attachment.session.unsubscribe(attachment);
        attachment.session.rest();
    }

    private void refuse(String why) {
        send(List.of(Frames.error(why)));
    }

    private void send(List<ObjectNode> what) {
        if (!what.isEmpty()) {
            peer.send(new TextFrames(what.stream().map(Json::bytes).toList()));
        }
    }

    String id() {
        return id;
    }
}
