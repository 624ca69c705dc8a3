package dev.oriel.dialect.manager;

import static dev.oriel.dialect.manager.ManagerServer.is;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A server of the manager dialect with a connected client; the test plays the agents.
abstract class ManagerSocketFixture {
    @TempDir Path folder;
    final ScriptedProvider agents = new ScriptedProvider();

    ManagerServer manager;
    NativeClient client;

    @BeforeEach
    void start() {
        manager = ManagerServer.in(folder, agents);
        client = manager.client();
    }

    @AfterEach
    void stop() {
        client.close();
        manager.close();
    }

    JsonNode listed() {
        int before = client.frames().size();
        client.send("{\"type\":\"list_sessions\"}");
        return client.await(
                        f -> is(f, "sessions_list") && client.frames().lastIndexOf(f) >= before,
                        "a new sessions_list")
                .path("sessions");
    }

    String get(String url) throws Exception {
        var reply =
                manager.server()
                        .send(
                                java.net.http.HttpRequest.newBuilder(java.net.URI.create(url))
                                        .build());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-type").orElseThrow())
                .startsWith("application/json");
        return reply.body();
    }
}
