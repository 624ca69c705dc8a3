package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.testing.claude.InstantClaude;
import dev.oriel.testing.client.ClientCrowd;
import dev.oriel.testing.server.RunningServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many clients at once. `BENCHMARKS.md` has the figures.
@Timeout(240)
class ManyClientsSocketTest extends EnhancedServerFixture {
    private static final int CLIENTS = 200;
    private static final int MESSAGES = 200;

    @Test
    void twoHundredClientsAtOnceEachReceiveEverythingOnceAndInOrder() throws Exception {
        var cli =
                closing(
                        new ClaudeCli(
                                CliSettings.defaults()
                                        .withExecutable(InstantClaude.in(folder, MESSAGES))));
        RunningServer server = start(c -> c, cli);
        ClientCrowd crowd =
                ClientCrowd.connect(CLIENTS, server.port(), server.server().token(), MESSAGES);
        try (crowd) {
            // A client receives the response to its upgrade before the dialect handles the
            // connection.
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.server().clients()).hasSize(CLIENTS));
            assertThat(crowd.queryAll(folder, 180)).isEmpty();
        }
        Awaitility.await().untilAsserted(() -> assertThat(server.server().clients()).isEmpty());
    }
}
