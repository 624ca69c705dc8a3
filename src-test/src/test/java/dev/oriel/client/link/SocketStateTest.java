package dev.oriel.client.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.link.SocketState.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every state with every trigger.
class SocketStateTest {
    private static final String ILLEGAL = "illegal";

    private final FakeNetwork network = new FakeNetwork();
    private final ConnectionAttempt attempt =
            new ConnectionAttempt(
                    network.context(() -> "", ReconnectPolicy.STANDARD), new NoEvents());
    private final ReconnectDelay delay =
            new ReconnectDelay(network.lane, Duration.ofSeconds(1), null, () -> {});

    private final List<SocketState> states =
            List.of(
                    new SocketState.Unstarted(),
                    new SocketState.Connecting(attempt),
                    new SocketState.Open(attempt),
                    new SocketState.Live(attempt),
                    new SocketState.Waiting(delay),
                    new SocketState.Offline(),
                    new SocketState.Closed());

    /// The next state of each of [#states], in that order.
    private final Map<Trigger, List<String>> table =
            Map.of(
                    new Trigger.Connect(attempt),
                    List.of(
                            "Connecting",
                            "Connecting",
                            "Connecting",
                            "Connecting",
                            "Connecting",
                            "Connecting",
                            ILLEGAL),
                    new Trigger.Opened(),
                    List.of(ILLEGAL, "Open", ILLEGAL, ILLEGAL, ILLEGAL, ILLEGAL, ILLEGAL),
                    new Trigger.Accepted(),
                    List.of(ILLEGAL, ILLEGAL, "Live", "Live", ILLEGAL, ILLEGAL, ILLEGAL),
                    new Trigger.Wait(delay),
                    List.of(ILLEGAL, "Waiting", "Waiting", "Waiting", ILLEGAL, ILLEGAL, ILLEGAL),
                    new Trigger.GiveUp(),
                    List.of(ILLEGAL, "Offline", "Offline", "Offline", ILLEGAL, ILLEGAL, ILLEGAL),
                    new Trigger.Close(),
                    List.of("Closed", "Closed", "Closed", "Closed", "Closed", "Closed", ILLEGAL));

    @TestFactory
    List<DynamicTest> transitions() {
        return table.entrySet().stream()
                .flatMap(row ->
                        IntStream.range(0, states.size())
                                .mapToObj(i ->
                                        test(states.get(i), row.getKey(), row.getValue().get(i))))
                .toList();
    }

    private static DynamicTest test(SocketState state, Trigger trigger, String next) {
        String name =
                state.getClass().getSimpleName()
                        + " + "
                        + trigger.getClass().getSimpleName()
                        + " = "
                        + next;
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    if (next.equals(ILLEGAL)) {
                        assertThatIllegalStateException().isThrownBy(() -> state.on(trigger));
                    } else {
                        assertThat(state.on(trigger).getClass().getSimpleName()).isEqualTo(next);
                    }
                });
    }

    private static final class NoEvents implements ConnectionAttempt.Events {
        @Override
        public void onOpen(String credential) {}

        @Override
        public @Nullable CompletionStage<?> onFrame(String text) {
            return null;
        }

        @Override
        public void onEnd(DisconnectReason usual, int code, String reason) {}
    }
}
