package dev.oriel.testing.server;

import dev.oriel.gateway.ServerConfig;
import dev.oriel.gateway.ServerLimits;
import dev.oriel.session.api.SessionPolicy;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Changes of the standard configuration, for [RunningServer#in].
public final class ServerSetUp {
    private ServerSetUp() {}

    public static UnaryOperator<ServerConfig> limits(UnaryOperator<ServerLimits> change) {
        return c -> c.withLimits(change.apply(c.limits()));
    }

    public static UnaryOperator<ServerConfig> policy(SessionPolicy policy) {
        return c -> c.withPolicy(policy);
    }

    public static UnaryOperator<ServerConfig> withoutToken() {
        return c -> c.withAccess(c.access().withNeedsToken(false));
    }

    public static UnaryOperator<ServerConfig> host(String host) {
        return c -> c.withHost(host);
    }

    public static UnaryOperator<ServerConfig> allowing(Set<String> hosts, Set<String> origins) {
        return c -> c.withAccess(c.access().withAllowed(hosts, origins));
    }

    /// Short times and small sizes that a test can reach.
    public static UnaryOperator<ServerLimits> small() {
        return some(l -> {
            l.frame = 64 * 1024;
            l.head = 4 * 1024;
            l.body = 32 * 1024;
            l.handshake = Duration.ofMillis(300);
            l.stuck = Duration.ofSeconds(1);
        });
    }

    public static UnaryOperator<ServerLimits> connections(int max) {
        return some(l -> l.connections = max);
    }

    /// @param max the maximum number of connections that are not authenticated
    public static UnaryOperator<ServerLimits> strangers(int max) {
        return some(l -> l.strangers = max);
    }

    public static UnaryOperator<ServerLimits> stuckAfter(Duration time) {
        return some(l -> l.stuck = time);
    }

    /// @param time the maximum time to receive a request, and to wait for memory for its reply
    public static UnaryOperator<ServerLimits> handshakeWithin(Duration time) {
        return some(l -> l.handshake = time);
    }

    /// @param bytes the maximum number of unsent bytes of all clients together
    public static UnaryOperator<ServerLimits> unread(long bytes) {
        return some(l -> l.unread = bytes);
    }

    private static UnaryOperator<ServerLimits> some(Consumer<Sizes> change) {
        return standard -> {
            Sizes sizes = new Sizes(standard);
            change.accept(sizes);
            return new ServerLimits(
                    sizes.connections,
                    sizes.strangers,
                    sizes.frame,
                    sizes.head,
                    sizes.body,
                    sizes.unread,
                    sizes.handshake,
                    sizes.stuck);
        };
    }

    private static final class Sizes {
        int connections;
        int strangers;
        int frame;
        int head;
        int body;
        long unread;
        Duration handshake;
        Duration stuck;

        Sizes(ServerLimits standard) {
            connections = standard.maxConnections();
            strangers = standard.maxUnauthenticated();
            frame = standard.maxFrame();
            head = standard.maxHead();
            body = standard.maxBody();
            unread = standard.maxUnread();
            handshake = standard.handshakeWithin();
            stuck = standard.stuckAfter();
        }
    }
}
