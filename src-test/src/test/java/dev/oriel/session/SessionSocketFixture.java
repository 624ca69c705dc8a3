package dev.oriel.session;

import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A server with one session, whose agent the test plays.
abstract class SessionSocketFixture {
    @TempDir Path folder;
    final ScriptedProvider provider = new ScriptedProvider();

    RunningServer server;
    UUID session;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.in(folder, provider);
        session = server.newSession();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    void restart() {
        server.close();
        server = RunningServer.in(folder, provider);
    }
}
