package dev.oriel.testing.server;

import dev.oriel.gateway.ServerConfig;
import dev.oriel.gateway.ServerLimits;
import dev.oriel.session.api.SessionPolicy;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Changes of the standard set-up, for [RunningServer#in].
public final class ServerSetUp {
    private ServerSetUp() {}

    public static UnaryOperator<ServerConfig> limits(UnaryOperator<ServerLimits> change) {
        return config(c -> c.limits = change.apply(c.limits));
    }

    public static UnaryOperator<ServerConfig> policy(SessionPolicy policy) {
        return config(c -> c.policy = policy);
    }

    public static UnaryOperator<ServerConfig> withoutToken() {
        return config(c -> c.needsToken = false);
    }

    public static UnaryOperator<ServerConfig> host(String host) {
        return config(c -> c.host = host);
    }

    public static UnaryOperator<ServerConfig> allowing(Set<String> hosts, Set<String> origins) {
        return config(c -> {
            c.hosts = hosts;
            c.origins = origins;
        });
    }

    /// Short times and small sizes, so that a test reaches them.
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

    /// @param max connections before login
    public static UnaryOperator<ServerLimits> strangers(int max) {
        return some(l -> l.strangers = max);
    }

    public static UnaryOperator<ServerLimits> stuckAfter(Duration time) {
        return some(l -> l.stuck = time);
    }

    /// @param time for a request, and for room to answer it
    public static UnaryOperator<ServerLimits> handshakeWithin(Duration time) {
        return some(l -> l.handshake = time);
    }

    /// @param bytes that may wait to be read by all clients together
    public static UnaryOperator<ServerLimits> unread(long bytes) {
        return some(l -> l.unread = bytes);
    }

    private static UnaryOperator<ServerConfig> config(Consumer<Config> change) {
        return standard -> {
            Config config = new Config(standard);
            change.accept(config);
            return new ServerConfig(
                    standard.program(),
                    config.host,
                    standard.port(),
                    standard.dataDir(),
                    standard.tokenFile(),
                    config.needsToken,
                    config.hosts,
                    config.origins,
                    standard.dialectPorts(),
                    standard.dialects(),
                    standard.agents(),
                    config.policy,
                    config.limits);
        };
    }

    private static final class Config {
        String host;
        boolean needsToken;
        Set<String> hosts;
        Set<String> origins;
        SessionPolicy policy;
        ServerLimits limits;

        Config(ServerConfig standard) {
            host = standard.host();
            needsToken = standard.needsToken();
            hosts = standard.allowedHosts();
            origins = standard.allowedOrigins();
            policy = standard.policy();
            limits = standard.limits();
        }
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
