package dev.oriel.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.gateway.socket.ConnectionState.Closed;
import dev.oriel.gateway.socket.ConnectionState.Closing;
import dev.oriel.gateway.socket.ConnectionState.Lingering;
import dev.oriel.gateway.socket.ConnectionState.Open;
import dev.oriel.gateway.socket.ConnectionState.ReadingRequest;
import dev.oriel.gateway.socket.ConnectionState.Replying;
import dev.oriel.gateway.socket.ConnectionState.Streaming;
import dev.oriel.gateway.socket.ConnectionState.Trigger;
import dev.oriel.testing.data.TransitionTable;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of a connection's states: every trigger in every state.
class ConnectionStateTest {
    private static final ConnectionProtocol FIRST = new FakeProtocol();
    private static final ConnectionProtocol NEXT = new FakeProtocol();

    /// Triggers that bring the next protocol.
    private static final Set<String> SWITCHING =
            Set.of("Upgraded", "StreamStarted", "OutputShutDown");

    /// `!` is illegal, `-` has no effect because another thread was first.
    private static final String TABLE =
            """
            state          | ReplyStarted | Upgraded | StreamStarted | CloseStarted | OutputShutDown | SocketClosed
            ReadingRequest | Replying     | Open     | !             | !            | !              | Closed
            Replying       | -            | -        | Streaming     | !            | Lingering      | Closed
            Streaming      | -            | !        | !             | !            | Lingering      | Closed
            Open           | -            | !        | !             | Closing      | !              | Closed
            Closing        | -            | !        | !             | -            | Lingering      | Closed
            Lingering      | -            | -        | -             | -            | -              | Closed
            Closed         | -            | -        | -             | -            | -              | -
            """;

    static Stream<Arguments> rows() {
        return TransitionTable.cells(TABLE);
    }

    @ParameterizedTest(name = "{1} in state {0}: {2}")
    @MethodSource("rows")
    void everyTriggerInEveryStateLeadsWhereTheTableSays(String from, String name, String to) {
        ConnectionState state = state(from);
        Trigger trigger = trigger(name);
        switch (to) {
            case "!" ->
                    assertThatThrownBy(() -> state.on(trigger))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining(from)
                            .hasMessageContaining(name);
            case "-" -> assertThat(state.on(trigger)).isSameAs(state);
            default -> {
                ConnectionState next = state.on(trigger);
                assertThat(next.getClass().getSimpleName()).isEqualTo(to);
                assertThat(next.protocol()).isSameAs(SWITCHING.contains(name) ? NEXT : FIRST);
            }
        }
    }

    @Test
    void theTableIsComplete() {
        assertThat(rows().map(a -> a.get()[0]).distinct())
                .hasSize(ConnectionState.class.getPermittedSubclasses().length);
        assertThat(rows().map(a -> a.get()[1]).distinct())
                .hasSize(Trigger.class.getPermittedSubclasses().length);
    }

    private static ConnectionState state(String name) {
        return Stream.of(
                        new ReadingRequest(FIRST),
                        new Replying(FIRST),
                        new Streaming(FIRST),
                        new Open(FIRST),
                        new Closing(FIRST),
                        new Lingering(FIRST),
                        new Closed(FIRST))
                .filter(s -> s.getClass().getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Trigger trigger(String name) {
        return Stream.of(
                        new Trigger.ReplyStarted(),
                        new Trigger.Upgraded(NEXT),
                        new Trigger.StreamStarted(NEXT),
                        new Trigger.CloseStarted(),
                        new Trigger.OutputShutDown(NEXT),
                        new Trigger.SocketClosed())
                .filter(t -> t.getClass().getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
