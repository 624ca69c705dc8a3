package dev.oriel.gateway;

import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.WebSocketServerFactory;
import org.java_websocket.drafts.Draft;

/// Makes [Connection]s with their [Outbox] wherever the library accepts a socket.
final class ConnectionFactory implements WebSocketServerFactory {
    private final Connection.Front front;
    private final Set<Connection> connections;
    private final Consumer<Runnable> soon;

    /// @param connections where every connection stands as long as it is open
    /// @param soon runs something some milliseconds later
    ConnectionFactory(
            Connection.Front front, Set<Connection> connections, Consumer<Runnable> soon) {
        this.front = front;
        this.connections = connections;
        this.soon = soon;
    }

    @Override
    public WebSocketImpl createWebSocket(WebSocketAdapter adapter, Draft draft) {
        return createWebSocket(adapter, List.of(draft));
    }

    @Override
    public WebSocketImpl createWebSocket(WebSocketAdapter adapter, List<Draft> drafts) {
        return new Connection(adapter, drafts, front);
    }

    @Override
    public ByteChannel wrapChannel(SocketChannel socket, SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        Outbox outbox = connection.attach(socket, key, soon, () -> connections.remove(connection));
        connections.add(connection);
        return outbox;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
