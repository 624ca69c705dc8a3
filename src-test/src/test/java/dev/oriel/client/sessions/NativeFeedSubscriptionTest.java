package dev.oriel.client.sessions;

import static dev.oriel.client.compat.protocol.EffectSummary.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.RecordingFeedListener;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.link.FakeNetwork;
import dev.oriel.client.link.FakeWebSocket;
import dev.oriel.client.link.LinkContext;
import dev.oriel.client.link.ReconnectingWebSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The feed of the native wire, without a network, a thread or a clock.
class NativeFeedSubscriptionTest {
    private final FakeNetwork network = new FakeNetwork();
    private final LinkContext context = network.context(() -> "", ReconnectPolicy.STANDARD);
    private final List<Long> maxMessages = new ArrayList<>();
    private final RecordingFeedListener listener = new RecordingFeedListener();
    private final NativeFeedSubscription feed =
            new NativeFeedSubscription(
                    new ServerAddress(URI.create("http://host:1")),
                    listener,
                    maxMessages::add,
                    handler -> new ReconnectingWebSocket(context, handler, _ -> {}));

    @Test
    void theListAndItsChangesAreReported() {
        FakeWebSocket socket = network.accept();
        network.receive(socket, frame("{'type':'sessions','sessions':[{'id':'a'},{'id':'b'}]}"));
        assertThat(listener.live()).isTrue();
        assertThat(maxMessages).containsExactly(0L);
        assertThat(listener.known).containsOnlyKeys("a", "b");
        network.receive(
                socket,
                frame("{'type':'session','session':{'id':'c','title':'New'}}"),
                frame("{'type':'session_gone','id':'a'}"),
                frame("{'type':'something new'}"),
                "nonsense");
        assertThat(listener.known).containsOnlyKeys("b", "c");
        assertThat(listener.info("c").title()).isEqualTo("New");
        assertThat(socket.requested()).isEqualTo(64);
    }

    @Test
    void itReconnectsOnRequestAndEnds() {
        network.accept();
        feed.reconnect();
        network.accept();
        feed.close();
        assertThat(network.isQuiet()).isTrue();
        assertThat(listener.states)
                .last()
                .isEqualTo(new ConnectionStatus.Offline("Closed.", ConnectionStatus.Reason.CLOSED));
    }
}
