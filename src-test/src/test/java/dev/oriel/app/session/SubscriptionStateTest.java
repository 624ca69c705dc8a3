package dev.oriel.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.client.FileOutbox;
import dev.oriel.app.files.JsonFile;
import dev.oriel.client.HistoryPage;
import dev.oriel.testing.client.FakeServerClient;
import dev.oriel.testing.client.OpenSessions;
import dev.oriel.testing.data.TransitionTable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of [SubscriptionState]: every event of an [OpenSession] in every state.
class SubscriptionStateTest {
    private static final List<String> STATES =
            List.of("Unsubscribed", "Loading", "Subscribed", "Closed");

    private static final int EVENTS = 7;

    /// `+` marks a connection that is retried.
    private static final String TABLE =
            """
            state        | start(0)   | start(7)   | reconnect   | online     | \
            page loaded  | page failed  | close
            Unsubscribed | Loading    | Subscribed | Loading     | Loading    | \
            Unsubscribed | Unsubscribed | Closed
            Loading      | Loading    | Loading    | Loading     | Loading    | \
            Subscribed   | Unsubscribed | Closed
            Subscribed   | Subscribed | Subscribed | Subscribed+ | Subscribed | \
            Subscribed   | Subscribed   | Closed
            Closed       | Closed     | Closed     | Closed      | Closed     | \
            Closed       | Closed       | Closed
            """;

    @TempDir Path folder;

    private final FakeServerClient client = new FakeServerClient();
    private final CompletableFuture<HistoryPage> page = new CompletableFuture<>();
    private OpenSession session;

    static Stream<Arguments> rows() {
        return TransitionTable.cells(TABLE);
    }

    @BeforeEach
    void create() {
        client.setLatest(page);
        session =
                OpenSessions.create(
                        client,
                        "s",
                        new FileOutbox(new JsonFile(folder.resolve("outbox.json")), Runnable::run));
    }

    private void reach(String state) {
        switch (state) {
            case "Unsubscribed" -> {
                // The initial state.
            }
            case "Loading" -> session.start(0);
            case "Subscribed" -> session.start(7);
            case "Closed" -> {
                session.start(0);
                session.close();
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    private void perform(String event) {
        switch (event) {
            case "start(0)" -> session.start(0);
            case "start(7)" -> session.start(7);
            case "reconnect" -> session.reconnect();
            case "online" -> session.onServerOnline();
            case "page loaded" -> page.complete(new HistoryPage(List.of(), false));
            case "page failed" -> page.completeExceptionally(new IllegalStateException("lost"));
            case "close" -> session.close();
            default -> throw new IllegalArgumentException(event);
        }
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @MethodSource("rows")
    void everyEventInEveryStateLeadsWhereTheTableSays(String from, String event, String to) {
        reach(from);
        assertThat(describe()).isEqualTo(from);

        perform(event);

        assertThat(describe()).isEqualTo(to);
        boolean subscribed = from.equals("Subscribed") || to.equals("Subscribed");
        assertThat(client.subscriptions()).hasSize(subscribed ? 1 : 0);
    }

    @Test
    void theTableHasEveryStateAndEveryEvent() {
        assertThat(Stream.of(SubscriptionState.class.getPermittedSubclasses()))
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrderElementsOf(STATES);
        assertThat(rows()).hasSize(STATES.size() * EVENTS);
    }

    private String describe() {
        String name = session.state().getClass().getSimpleName();
        return client.calls().contains("reconnect s") ? name + "+" : name;
    }
}
