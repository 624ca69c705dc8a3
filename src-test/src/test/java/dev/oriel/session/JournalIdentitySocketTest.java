package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client that reconnects learns whether the journal is the one that it knows.
class JournalIdentitySocketTest {
    @TempDir Path folder;
    private final ScriptedProvider provider = new ScriptedProvider();

    private static NativeClient back(
            RunningServer server, UUID session, long after, String journal) {
        return NativeClient.connect(
                server.port(),
                "/v1/sessions/ws/%s/subscribe?after=%d&journal=%s"
                        .formatted(session, after, journal),
                "Authorization: Bearer " + server.server().token());
    }

    @Test
    void aPositionThatThisJournalDoesNotHaveIsRejected() throws Exception {
        try (RunningServer server = RunningServer.in(folder, provider)) {
            UUID session = server.newSession();
            String journal;
            try (NativeClient client = server.subscribe(session, 0L)) {
                journal = client.await("system", "oriel_session").path("journal").asText();
                client.sendPrompt("hello");
                provider.awaitAgent(0, 1).emitResult();
                client.await("result");
            }
            UUID.fromString(journal);
            try (NativeClient client = back(server, session, 1, journal)) {
                client.await("result");
            }
            try (NativeClient client = back(server, session, 1, UUID.randomUUID().toString())) {
                assertThat(client.awaitClosed().code()).isEqualTo(4009);
                assertThat(client.journaled()).isEmpty();
            }
            try (NativeClient client = back(server, session, 500, journal)) {
                assertThat(client.awaitClosed().code()).isEqualTo(4009);
            }
        }
    }
}
