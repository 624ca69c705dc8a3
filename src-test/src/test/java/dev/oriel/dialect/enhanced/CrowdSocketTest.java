package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.CliSettings;
import dev.oriel.testing.Crowd;
import dev.oriel.testing.QuickClaude;
import dev.oriel.testing.RunningServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many clients at once. `BENCHMARKS.md` has the figures.
@Timeout(240)
class CrowdSocketTest extends WithEnhancedServer {
    private static final int CLIENTS = 200;
    private static final int MESSAGES = 200;

    @Test
    void twoHundredClientsAtOnceEachHearEverythingOnceAndInOrder() throws Exception {
        var cli =
                closing(
                        new ClaudeCli(
                                CliSettings.standard()
                                        .withExecutable(QuickClaude.in(folder, MESSAGES))));
        RunningServer server = start(c -> c, cli);
        Crowd crowd = Crowd.of(CLIENTS, server.port(), server.server().token(), MESSAGES);
        try (crowd) {
            // A client has its answer to the upgrade before the dialect has taken it up.
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.server().clients()).hasSize(CLIENTS));
            assertThat(crowd.ask(folder, 180)).isEmpty();
        }
        Awaitility.await().untilAsserted(() -> assertThat(server.server().clients()).isEmpty());
    }
}
