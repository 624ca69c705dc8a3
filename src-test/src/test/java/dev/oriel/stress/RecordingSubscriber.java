package dev.oriel.stress;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.bench.LeanClient;
import dev.oriel.bench.ServerProcess;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/// A subscriber of one session that keeps every frame with its time of arrival.
final class RecordingSubscriber implements AutoCloseable {
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final LeanClient client;
    private final Thread reader;
    private final List<Seen> seen = new ArrayList<>(); // guarded by this
    private boolean ended; // guarded by this
    private int answers; // guarded by this
    private int looked; // guarded by this

    /// A received frame.
    ///
    /// @param nanos time of arrival
    record Seen(long nanos, String text, JsonNode frame) {
        long seq() {
            return frame.path("seq").asLong();
        }

        boolean is(String type, String subtype) {
            return type.equals(frame.path("type").asText())
                    && subtype.equals(frame.path("subtype").asText());
        }

        /// The text of a delta; empty for other frames.
        String delta() {
            return frame.at("/event/delta/text").asText();
        }

        /// The uuid of a prompt that the frame confirms as stored, or empty.
        String acknowledged() {
            return "command_lifecycle".equals(frame.path("type").asText())
                    ? frame.path("command_uuid").asText()
                    : "";
        }
    }

    private RecordingSubscriber(LeanClient client) {
        this.client = client;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /// Subscribes to the whole conversation and waits for the end of the replay.
    static RecordingSubscriber of(ServerProcess server, UUID session) throws IOException {
        String path = "/v1/sessions/ws/" + session + "/subscribe?after=0";
        var witness = new RecordingSubscriber(new LeanClient(server.port(), path, server.token()));
        witness.await(s -> s.is("system", "oriel_session"), "the end of the replay");
        return witness;
    }

    private void read() {
        try {
            client.read((bytes, from, length) -> {
                long nanos = System.nanoTime();
                String text = new String(bytes, from, length, StandardCharsets.UTF_8);
                var one = new Seen(nanos, text, Json.mapper().readTree(text));
                synchronized (this) {
                    seen.add(one);
                    notifyAll();
                }
                return true;
            });
        } catch (IOException e) {
            // The server was killed, or this client was closed.
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    String prompt(String text) throws IOException {
        String uuid = UUID.randomUUID().toString();
        var frame = Json.object().put("type", "user").put("uuid", uuid);
        frame.putObject("message").put("role", "user").put("content", text);
        client.send(frame.toString());
        return uuid;
    }

    void request(String subtype, Map<String, ?> members) throws IOException {
        var frame = Json.object().put("type", "control_request").put("request_id", subtype);
        var request = frame.putObject("request").put("subtype", subtype);
        members.forEach((k, v) -> request.set(k, Json.mapper().valueToTree(v)));
        client.send(frame.toString());
    }

    /// Sends a request that changes nothing.
    ///
    /// @param count such requests of this client so far, including this one
    /// @return when its response arrived
    long roundTrip(int count) throws IOException {
        request("cancel_async_message", Map.of("message_uuid", UUID.randomUUID()));
        synchronized (this) {
            while (true) {
                for (; looked < seen.size(); looked++) {
                    Seen each = seen.get(looked);
                    if (each.frame().path("type").asText().equals("control_response")
                            && ++answers == count) {
                        looked++;
                        return each.nanos();
                    }
                }
                if (ended) {
                    throw new StressFailure("no answer to a control request");
                }
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /// Waits for the first such frame.
    synchronized Seen await(Predicate<Seen> which, String what) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        int looked = 0;
        while (true) {
            for (; looked < seen.size(); looked++) {
                if (which.test(seen.get(looked))) {
                    return seen.get(looked);
                }
            }
            long left = (until - System.nanoTime()) / 1_000_000;
            if (ended || left <= 0) {
                throw new StressFailure("no " + what + " in " + seen.size() + " frames");
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// All frames received so far. No more follow after the end of the connection.
    synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    /// Waits until the server has closed the connection.
    List<Seen> toTheEnd() throws InterruptedException {
        reader.join();
        return seen();
    }

    @Override
    public void close() {
        try {
            client.close();
            reader.join();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
