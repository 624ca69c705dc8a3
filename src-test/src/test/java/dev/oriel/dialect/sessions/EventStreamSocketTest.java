package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.server.RunningServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A session over server-sent events and POST requests (`PROTOCOL.md`).
@Timeout(60)
class EventStreamSocketTest {
    @TempDir Path folder;
    private final ScriptedProvider agents = new ScriptedProvider();
    private RunningServer server;
    private UUID id;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.in(folder, agents);
        id = server.newSession();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// A received event.
    private record Event(String type, String id, JsonNode data) {
        JsonNode payload() {
            return data.path("payload");
        }

        String payloadType() {
            return payload().path("type").asText();
        }
    }

    /// A client that reads the stream.
    private final class Reader implements AutoCloseable {
        private final Socket socket;
        private final List<Event> events = new CopyOnWriteArrayList<>();
        private final Semaphore reading = new Semaphore(1);
        private volatile String status = "";
        private volatile boolean ended;

        Reader(String query, String header) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            String request =
                    ("GET /v1/code/sessions/%s/events/stream%s HTTP/1.1\r\nHost: "
                                    + "127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nAccept: "
                                    + "text/event-stream\r\n%s\r\n")
                            .formatted(id, query, server.port(), server.server().token(), header);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            Thread.ofVirtual().start(this::read);
            await().until(() -> !status.isEmpty());
        }

        private void read() {
            try (var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.UTF_8))) {
                status = in.readLine();
                String type = "";
                String number = "";
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    reading.acquire();
                    reading.release();
                    if (line.startsWith("event: ")) {
                        type = line.substring(7);
                        number = "";
                    } else if (line.startsWith("id: ")) {
                        number = line.substring(4);
                    } else if (line.startsWith("data: ")) {
                        events.add(
                                new Event(type, number, Json.mapper().readTree(line.substring(6))));
                    }
                }
            } catch (IOException | InterruptedException e) {
                // The socket was closed.
            }
            ended = true;
        }

        void pause() {
            reading.acquireUninterruptibly();
        }

        void resume() {
            reading.release();
        }

        Event awaitEvent(String payloadType) {
            await().until(() -> events.stream().anyMatch(e -> e.payloadType().equals(payloadType)));
            return events.stream()
                    .filter(e -> e.payloadType().equals(payloadType))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private int post(ObjectNode payload) throws Exception {
        ObjectNode body = Json.object().put("session_id", id.toString());
        body.putArray("events").addObject().set("payload", payload);
        return server.call("POST", "/v1/code/sessions/" + id + "/events", body).statusCode();
    }

    private UUID prompt(String text) throws Exception {
        UUID uuid = UUID.randomUUID();
        ObjectNode user = Json.object().put("type", "user").put("uuid", uuid.toString());
        user.putObject("message").put("role", "user").put("content", text);
        assertThat(post(user)).isEqualTo(200);
        return uuid;
    }

    private ScriptedAgent completeTurn() throws Exception {
        prompt("Hello");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitText("Good\nday");
        agent.emitResult();
        await().until(() -> server.session(id).path("state").asText().equals("idle"));
        return agent;
    }

    @Test
    void sendsTheReplyToAPostedPromptAsEvents() throws Exception {
        try (var reader = new Reader("", "")) {
            assertThat(reader.status).isEqualTo("HTTP/1.1 200 OK");
            UUID uuid = prompt("Hello");
            ScriptedAgent agent = agents.awaitAgent(0, 1);
            agent.emitInit();
            agent.emitTextStart();
            agent.emitDelta("Good ");
            agent.emitText("Good\nday");
            agent.emitResult();
            Event prompt = reader.awaitEvent("user");
            assertThat(prompt.type()).isEqualTo("client_event");
            assertThat(prompt.data().path("event_id").asText()).isEqualTo(uuid.toString());
            assertThat(prompt.data().path("source").asText()).isEqualTo("client");
            assertThat(reader.awaitEvent("stream_event").type()).isEqualTo("ephemeral_event");
            Event reply = reader.awaitEvent("assistant");
            assertThat(reply.data().path("source").asText()).isEqualTo("worker");
            assertThat(reply.payload().at("/message/content/0/text").asText())
                    .isEqualTo("Good\nday");
            assertThat(reply.id()).isEqualTo(reply.data().path("sequence_num").asText());
            reader.awaitEvent("result");
            assertThat(reader.events)
                    .filteredOn(e -> e.type().equals("delivery_update"))
                    .extracting(e -> e.data().path("event_id").asText())
                    .contains(uuid.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "header", "query"})
    void resumesAfterTheGivenSeq(String how) throws Exception {
        completeTurn();
        long last = server.session(id).path("last_seq").asLong();
        long from = how.isEmpty() ? 0 : last - 1;
        try (var reader =
                new Reader(
                        how.equals("query") ? "?from_sequence_num=" + from : "",
                        how.equals("header") ? "Last-Event-ID: " + from + "\r\n" : "")) {
            await().until(() ->
                    reader.events.stream().anyMatch(e -> e.id().equals(String.valueOf(last))));
            assertThat(
                            reader.events.stream()
                                    .map(Event::id)
                                    .filter(n -> !n.isEmpty())
                                    .map(Long::valueOf))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(from + 1, last).boxed().toList());
        }
    }

    @Test
    void resolvesAnAskByPost() throws Exception {
        try (var reader = new Reader("", "")) {
            prompt("Clean up");
            ScriptedAgent agent = agents.awaitAgent(0, 1);
            agent.emitInit();
            agent.emitAsk("ask-1", "Bash", "{\"command\":\"ls\"}");
            Event ask = reader.awaitEvent("control_request");
            assertThat(ask.id()).isEmpty();
            ObjectNode response = Json.object().put("type", "control_response");
            response.putObject("response")
                    .put("subtype", "success")
                    .put("request_id", "ask-1")
                    .putObject("response")
                    .put("behavior", "allow")
                    .putObject("updatedInput");
            assertThat(post(response)).isEqualTo(200);
            await().until(() -> agent.responses().size() == 1);
        }
    }

    @Test
    void sendsRepliesToEarlierPostsWhenTheStreamOpens() throws Exception {
        ObjectNode request =
                Json.object().put("type", "control_request").put("request_id", "first");
        request.putObject("request").put("subtype", "interrupt");
        assertThat(post(request)).isEqualTo(200);
        try (var reader = new Reader("", "")) {
            Event reply = reader.awaitEvent("control_response");
            assertThat(reply.payload().at("/response/request_id").asText()).isEqualTo("first");
            assertThat(reply.data().path("source").asText()).isEqualTo("worker");
        }
    }

    @Test
    void aSlowReaderDelaysNoOtherAndMissesNoMessage() throws Exception {
        try (var slow = new Reader("", "");
                var other = server.subscribe(id, 0L)) {
            slow.pause();
            prompt("Write a lot");
            ScriptedAgent agent = agents.awaitAgent(0, 1);
            agent.emitInit();
            for (int i = 0; i < 100; i++) {
                agent.emitText("x".repeat(100_000));
            }
            agent.emitResult();
            other.await("result");
            slow.resume();
            slow.awaitEvent("result");
            long last = server.session(id).path("last_seq").asLong();
            assertThat(
                            slow.events.stream()
                                    .map(Event::id)
                                    .filter(n -> !n.isEmpty())
                                    .map(Long::valueOf))
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
        }
    }

    @Test
    void endsTheStreamOfADeletedSession() throws Exception {
        try (var reader = new Reader("", "")) {
            assertThat(server.call("DELETE", "/v1/sessions/" + id, null).statusCode())
                    .isEqualTo(204);
            await().until(() -> reader.ended);
        }
        try (var again = new Reader("", "")) {
            assertThat(again.status).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void theServerClosesWithAnOpenStream() throws Exception {
        try (var reader = new Reader("", "")) {
            server.close();
            await().until(() -> reader.ended);
        }
    }

    @Test
    void rejectsInvalidRequests() throws Exception {
        assertThat(post(Json.object().put("type", "result"))).isEqualTo(400);
        String path = "/v1/code/sessions/" + id + "/events";
        assertThat(server.call("POST", path, Json.object()).statusCode()).isEqualTo(400);
        assertThat(server.call("GET", path, null).statusCode()).isEqualTo(405);
        assertThat(server.send(server.request("GET", path + "/stream", null).build()).statusCode())
                .isEqualTo(401);
        assertThat(
                        server.call("GET", path.replace(id.toString(), "none") + "/stream", null)
                                .statusCode())
                .isEqualTo(404);
    }
}
