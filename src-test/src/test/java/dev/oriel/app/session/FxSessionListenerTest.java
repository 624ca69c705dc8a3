package dev.oriel.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.client.ConnectionStatus;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class FxSessionListenerTest {
    private final Queue<Runnable> fx = new ArrayDeque<>();
    private final List<String> received = new ArrayList<>();

    private final FxSessionListener listener =
            new FxSessionListener(
                    fx::add,
                    new FxSessionListener.Receiver() {
                        @Override
                        public void onStatus(ConnectionStatus state) {
                            received.add(state.getClass().getSimpleName());
                        }

                        @Override
                        public void onMessages(List<Message> batch) {
                            if (batch.getFirst().is("unreadable")) {
                                throw new IllegalStateException("unreadable");
                            }
                            received.add(batch.stream().map(Message::type).toList().toString());
                        }

                        @Override
                        public void onJournalReplaced() {
                            received.add("restarted");
                        }
                    });

    private void runAll() {
        for (Runnable next = fx.poll(); next != null; next = fx.poll()) {
            next.run();
        }
    }

    private void message(String type) throws MalformedMessageException {
        listener.onMessage(Message.parse("{\"type\":\"" + type + "\"}"));
    }

    /// The server sends pending asks again right after the connection is made. The window forgets
    /// earlier asks when it receives the new status, so the status must come before those asks.
    @Test
    void messagesThatFollowAStatusAreReceivedAfterIt() throws Exception {
        listener.onStatus(new ConnectionStatus.Connecting());
        message("result");
        listener.onStatus(new ConnectionStatus.Live());
        message("control_request");
        message("system");
        listener.onJournalReplaced();
        message("user");

        runAll();

        assertThat(received)
                .containsExactly(
                        "Connecting",
                        "[result]",
                        "Live",
                        "[control_request, system]",
                        "restarted",
                        "[user]");
    }

    @Test
    void aMessageThatFailsCostsNoOtherEvent() throws Exception {
        message("unreadable");
        listener.onStatus(new ConnectionStatus.Live());
        message("user");

        assertThatThrownBy(() -> fx.remove().run()).hasMessage("unreadable");
        runAll();

        assertThat(received).containsExactly("Live", "[user]");
    }

    @Test
    void manyMessagesAreReceivedInSeveralBatches() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            message("m" + i);
        }
        assertThat(fx).hasSize(1);

        runAll();

        assertThat(received).hasSize(8);
        assertThat(String.join("", received).split("m")).hasSize(1_001);
    }

    @Test
    void anEventThatArrivesDuringABatchFollowsIt() throws Exception {
        message("first");
        Runnable drain = fx.remove();
        drain.run();
        listener.onStatus(new ConnectionStatus.Live());
        runAll();
        drain.run(); // a turn that finds nothing

        assertThat(received).containsExactly("[first]", "Live");
    }

    @Test
    void theListenerIsNotReadyWhileTooManyMessagesArePending() throws Exception {
        for (int i = 1; i < 4096; i++) {
            message("m");
        }
        assertThat(listener.ready()).isCompleted();
        message("m");
        assertThat(listener.ready()).isNotCompleted();

        var room = listener.ready();
        fx.remove().run();
        assertThat(room).isCompleted();
        assertThat(listener.ready()).isCompleted();
    }
}
