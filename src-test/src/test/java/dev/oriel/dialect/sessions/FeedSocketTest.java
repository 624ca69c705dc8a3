package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The feed: all sessions first, then every change of one.
class FeedSocketTest {
    @TempDir Path folder;
    private final ScriptedProvider provider = new ScriptedProvider();
    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.in(folder, provider);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void startsWithAllSessionsMostRecentlyUpdatedFirst() throws Exception {
        UUID first = server.newSession();
        UUID second = server.newSession();
        server.call("PATCH", "/v1/sessions/" + first, Json.object().put("pinned", true));
        try (NativeClient client = server.subscribe(first, 0L)) {
            client.sendPrompt("hello");
            provider.awaitAgent(0, 1).emitResult();
            client.awaitState("idle");
        }
        try (NativeClient feed = connect()) {
            JsonNode all = feed.await("sessions");
            assertThat(feed.frames().getFirst()).isEqualTo(all);
            assertThat(all.path("sessions"))
                    .extracting(s -> s.path("id").asText())
                    .containsExactly(first.toString(), second.toString());
            assertThat(all.at("/sessions/0")).isEqualTo(server.session(first));
        }
    }

    @Test
    void sendsTheChangesOfASessionInOrder() throws Exception {
        try (NativeClient feed = connect()) {
            feed.await("sessions");
            UUID session = server.newSession();
            try (NativeClient client = server.subscribe(session, 0L)) {
                client.sendPrompt("hello");
                ScriptedAgent agent = provider.awaitAgent(0, 1);
                agent.emitInit();
                for (int i = 0; i < 50; i++) {
                    agent.emitDelta("word ");
                    agent.emitText("text");
                }
                agent.emitAsk("ask", "Bash", "{}");
                client.awaitState("asking");
                client.sendDecision("ask", "{\"behavior\":\"allow\",\"updatedInput\":{}}");
                client.awaitState("running");
                agent.emitResult();
                client.awaitState("idle");
            }
            server.call("PATCH", "/v1/sessions/" + session, Json.object().put("title", "New"));
            server.call("DELETE", "/v1/sessions/" + session, null);
            JsonNode gone = feed.await("session_gone");
            assertThat(gone.path("id").asText()).isEqualTo(session.toString());
            List<JsonNode> frames = feed.frames();
            assertThat(frames.getLast()).isEqualTo(gone);
            List<JsonNode> changes = frames.subList(1, frames.size() - 1);
            assertThat(changes).allMatch(f -> f.path("type").asText().equals("session"));
            // Deltas and new messages alone are not changes.
            assertThat(changes).hasSizeLessThan(12);
            assertThat(
                            changes.stream()
                                    .map(f -> f.at("/session/state").asText())
                                    .reduce("", (a, b) -> a.endsWith(b) ? a : a + " " + b))
                    .startsWith(" idle running asking running idle");
            assertThat(changes.getLast().at("/session/title").asText()).isEqualTo("New");
        }
    }

    @Test
    void everyFrameIsOneLine() throws Exception {
        server.newSession();
        try (NativeClient feed = connect()) {
            server.newSession();
            feed.await("session");
            assertThat(feed.texts()).allSatisfy(t -> assertThat(t).endsWith("}\n").hasLineCount(1));
        }
    }

    @Test
    void ignoresFramesOfTheClient() throws Exception {
        try (NativeClient feed = connect()) {
            feed.await("sessions");
            feed.send("not json");
            feed.send("{\"type\":\"keep_alive\"}");
            feed.send(new byte[] {1});
            server.newSession();
            feed.await("session");
            assertThat(feed.frames()).hasSize(2);
        }
    }

    private NativeClient connect() {
        return NativeClient.connect(
                server.port(), "/v1/feed", "Authorization: Bearer " + server.server().token());
    }
}
