package dev.oriel.testing;

import dev.oriel.gateway.Limits;
import dev.oriel.gateway.ServerConfig;
import dev.oriel.session.Policy;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Changes of the standard set-up, for [RunningServer#in].
public final class ServerSetUp {
    private ServerSetUp() {}

    public static UnaryOperator<ServerConfig> limits(UnaryOperator<Limits> change) {
        return c -> with(c, c.needsToken(), c.policy(), change.apply(c.limits()));
    }

    public static UnaryOperator<ServerConfig> policy(Policy policy) {
        return c -> with(c, c.needsToken(), policy, c.limits());
    }

    public static UnaryOperator<ServerConfig> withoutToken() {
        return c -> with(c, false, c.policy(), c.limits());
    }

    public static UnaryOperator<ServerConfig> host(String host) {
        return c ->
                new ServerConfig(
                        c.program(),
                        host,
                        c.port(),
                        c.dataDir(),
                        c.tokenFile(),
                        c.needsToken(),
                        c.allowedHosts(),
                        c.allowedOrigins(),
                        c.further(),
                        c.dialects(),
                        c.agents(),
                        c.policy(),
                        c.limits());
    }

    public static UnaryOperator<ServerConfig> allowing(Set<String> hosts, Set<String> origins) {
        return c ->
                new ServerConfig(
                        c.program(),
                        c.host(),
                        c.port(),
                        c.dataDir(),
                        c.tokenFile(),
                        c.needsToken(),
                        hosts,
                        origins,
                        c.further(),
                        c.dialects(),
                        c.agents(),
                        c.policy(),
                        c.limits());
    }

    /// Short times and small sizes, so that a test reaches them.
    public static UnaryOperator<Limits> small() {
        return l ->
                new Limits(
                        l.maxConnections(),
                        l.maxStrangers(),
                        64 * 1024,
                        4 * 1024,
                        32 * 1024,
                        l.maxUnread(),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1));
    }

    public static UnaryOperator<Limits> connections(int max) {
        return l ->
                new Limits(
                        max,
                        l.maxStrangers(),
                        l.maxFrame(),
                        l.maxHead(),
                        l.maxBody(),
                        l.maxUnread(),
                        l.handshakeWithin(),
                        l.stuckAfter());
    }

    /// @param max connections before login
    public static UnaryOperator<Limits> strangers(int max) {
        return l ->
                new Limits(
                        l.maxConnections(),
                        max,
                        l.maxFrame(),
                        l.maxHead(),
                        l.maxBody(),
                        l.maxUnread(),
                        l.handshakeWithin(),
                        l.stuckAfter());
    }

    public static UnaryOperator<Limits> stuckAfter(Duration time) {
        return l ->
                new Limits(
                        l.maxConnections(),
                        l.maxStrangers(),
                        l.maxFrame(),
                        l.maxHead(),
                        l.maxBody(),
                        l.maxUnread(),
                        l.handshakeWithin(),
                        time);
    }

    /// @param time for a request, and for room to answer it
    public static UnaryOperator<Limits> handshakeWithin(Duration time) {
        return l ->
                new Limits(
                        l.maxConnections(),
                        l.maxStrangers(),
                        l.maxFrame(),
                        l.maxHead(),
                        l.maxBody(),
                        l.maxUnread(),
                        time,
                        l.stuckAfter());
    }

    /// @param bytes that may wait to be read by all clients together
    public static UnaryOperator<Limits> unread(long bytes) {
        return l ->
                new Limits(
                        l.maxConnections(),
                        l.maxStrangers(),
                        l.maxFrame(),
                        l.maxHead(),
                        l.maxBody(),
                        bytes,
                        l.handshakeWithin(),
                        l.stuckAfter());
    }

    private static ServerConfig with(
            ServerConfig c, boolean needsToken, Policy policy, Limits limits) {
        return new ServerConfig(
                c.program(),
                c.host(),
                c.port(),
                c.dataDir(),
                c.tokenFile(),
                needsToken,
                c.allowedHosts(),
                c.allowedOrigins(),
                c.further(),
                c.dialects(),
                c.agents(),
                policy,
                limits);
    }
}
