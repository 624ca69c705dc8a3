package dev.oriel.gateway;

import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.DialectPlacement;
import dev.oriel.dialect.FailedLogins;
import dev.oriel.dialect.SendBudget;
import dev.oriel.gateway.codec.ReceiveBudget;
import dev.oriel.gateway.socket.ConnectionSlots;
import dev.oriel.journal.Journal;
import dev.oriel.session.Sessions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/// All ports of a server: the main one, and those where single dialects are served.
final class ServerPorts {
    private static final int SHUT_MILLIS = 500;

    /// An address, which several dialects may share: some systems used the same port.
    ///
    /// @param alone tells ports apart that the system chooses, which are never shared; 0 for others
    private record Address(String host, int port, int alone) {}

    private record Open(ServerPort listener, String url, int port) {}

    private final List<ServerPort> listeners = new CopyOnWriteArrayList<>();
    private final List<Open> open = new ArrayList<>();

    private ServerPorts() {}

    /// Opens all, or none.
    static ServerPorts open(
            ServerConfig config,
            Sessions sessions,
            Journal journal,
            AccessToken token,
            ScheduledExecutorService timer)
            throws ServerStartException {
        var ports = new ServerPorts();
        ConnectionSlots connections = config.limits().connectionSlots();
        var metrics =
                new ServerMetrics(
                        sessions, connections::count, ServerVersion.TEXT, config.program());
        var failedLogins = new FailedLogins(timer, System::nanoTime, metrics::onWrongToken);
        var sending = new SendBudget(config.limits().maxUnread(), timer);
        var shared =
                new ServerPort.Shared(
                        token,
                        timer,
                        metrics,
                        failedLogins,
                        connections,
                        ReceiveBudget.standard(),
                        sending,
                        System::nanoTime);
        var premises =
                new DialectContext(
                        sessions,
                        journal,
                        token,
                        config.access().needsToken(),
                        timer,
                        config.limits().handshakeWithin(),
                        failedLogins,
                        metrics,
                        sending,
                        isLoopback(config.host()));
        try {
            var main = new Address(config.host(), config.port(), 0);
            ports.add(
                    main,
                    "Choose another with --port, or 0 for any.",
                    config,
                    DialectFactory.createAll(premises, config.dialects()),
                    shared);
            Map<Address, Integer> places = new LinkedHashMap<>();
            Map<Address, List<Dialect>> dialects = new LinkedHashMap<>();
            for (DialectPort at : config.dialectPorts()) {
                int alone = at.port() == 0 ? places.size() + 1 : 0;
                var address = new Address(at.host(), at.port(), alone);
                places.put(address, places.size());
                dialects.computeIfAbsent(address, _ -> new ArrayList<>())
                        .add(
                                DialectFactory.create(
                                        at.dialect(),
                                        DialectPlacement.CLASSIC,
                                        premises.withLoopback(isLoopback(at.host())),
                                        config.dialects()));
            }
            for (var each : dialects.entrySet()) {
                ports.add(each.getKey(), another(each.getValue()), config, each.getValue(), shared);
            }
            return ports;
        } catch (ServerStartException e) {
            ports.closeQuietly();
            throw e;
        }
    }

    /// Whether an address can be reached from this machine alone.
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // It cannot be listened on either, which is said there.
            return false;
        }
    }

    /// What to do where the port of some dialects cannot be had.
    private static String another(List<Dialect> dialects) {
        return dialects.stream()
                .map(d -> "--listen " + d.name() + "=PORT")
                .collect(Collectors.joining(" ", "Choose another with ", "."));
    }

    /// @param otherwise what to do if the port is taken
    private void add(
            Address at,
            String otherwise,
            ServerConfig config,
            List<Dialect> dialects,
            ServerPort.Shared shared)
            throws ServerStartException {
        var address = new InetSocketAddress(at.host(), at.port());
        try {
            var opened = ServerPort.open(at.host(), address, config, dialects, shared);
            listeners.add(opened);
            int port = opened.address().getPort();
            String host = at.host().contains(":") ? "[" + at.host() + "]" : at.host();
            open.add(new Open(opened, "http://" + host + ":" + port, port));
        } catch (BindException e) {
            throw new ServerStartException(
                    PortOwner.probe(address).describe(at.port()) + " " + otherwise, e);
        } catch (IOException | UnresolvedAddressException e) {
            throw new ServerStartException(
                    "The server cannot listen on %s.".formatted(at.host()), e);
        }
    }

    /// Of each port, the main one first.
    List<String> urls() {
        return open.stream().map(Open::url).toList();
    }

    int mainPort() {
        return open.getFirst().port();
    }

    List<ServerPort> listeners() {
        return List.copyOf(listeners);
    }

    List<ConnectedClient> clients() {
        return listeners.stream().flatMap(l -> l.clients().stream()).toList();
    }

    void close() throws InterruptedException {
        for (ServerPort each : listeners) {
            each.shutDown(SHUT_MILLIS);
        }
    }

    private void closeQuietly() {
        try {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
