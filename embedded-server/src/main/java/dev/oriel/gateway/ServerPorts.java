package dev.oriel.gateway;

import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.DialectPlacement;
import dev.oriel.dialect.FailedLogins;
import dev.oriel.dialect.LoginPolicy;
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
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/// All ports of a server: the main one, and those where single dialects are served.
final class ServerPorts {
    private static final int SHUT_MILLIS = 500;

    /// An address, which several dialects may share, because some systems used the same port.
    ///
    /// @param alone distinguishes ports that the system chooses, which are never shared; 0 for
    ///   others
    private record Address(String host, int port, int alone) {}

    private record Open(ServerPort port, String url) {}

    private final List<Open> open;

    private ServerPorts(List<Open> open) {
        this.open = List.copyOf(open);
    }

    /// Opens all ports, or none.
    static ServerPorts open(
            ServerConfig config,
            Sessions sessions,
            Journal journal,
            AccessToken token,
            ScheduledExecutorService timer)
            throws ServerStartException {
        List<Open> open = new ArrayList<>();
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
                        ReceiveBudget.defaults(),
                        sending,
                        System::nanoTime);
        var login =
                new LoginPolicy(
                        token,
                        config.access().needsToken(),
                        config.limits().handshakeWithin(),
                        failedLogins);
        var context =
                new DialectContext(
                        sessions,
                        journal,
                        login,
                        timer,
                        metrics,
                        sending,
                        config.limits().maxFrame(),
                        isLoopback(config.host()));
        try {
            var main = new Address(config.host(), config.port(), 0);
            open.add(
                    open(
                            main,
                            "Choose another with --port, or 0 for any.",
                            config,
                            DialectFactory.createAll(context, config.dialects()),
                            shared));
            for (var each : classicDialects(config, context).entrySet()) {
                List<Dialect> those = each.getValue();
                open.add(open(each.getKey(), remedy(those), config, those, shared));
            }
            return new ServerPorts(open);
        } catch (ServerStartException e) {
            new ServerPorts(open).closeQuietly();
            throw e;
        }
    }

    /// The dialects of each additional port.
    private static Map<Address, List<Dialect>> classicDialects(
            ServerConfig config, DialectContext context) {
        Map<Address, List<Dialect>> dialects = new LinkedHashMap<>();
        for (DialectPort at : config.dialectPorts()) {
            int alone = at.port() == 0 ? dialects.size() + 1 : 0;
            dialects.computeIfAbsent(
                            new Address(at.host(), at.port(), alone), _ -> new ArrayList<>())
                    .add(
                            DialectFactory.create(
                                    at.dialect(),
                                    DialectPlacement.CLASSIC,
                                    context.withLoopback(isLoopback(at.host())),
                                    config.dialects()));
        }
        return dialects;
    }

    /// Whether an address can be reached from this computer alone.
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // Opening the port will fail and report this.
            return false;
        }
    }

    /// The remedy if the port of some dialects is in use.
    private static String remedy(List<Dialect> dialects) {
        return dialects.stream()
                .map(d -> "--listen " + d.name() + "=PORT")
                .collect(Collectors.joining(" ", "Choose another with ", "."));
    }

    /// @param remedy what the user can do if the port is in use
    private static Open open(
            Address at,
            String remedy,
            ServerConfig config,
            List<Dialect> dialects,
            ServerPort.Shared shared)
            throws ServerStartException {
        var address = new InetSocketAddress(at.host(), at.port());
        try {
            var port = ServerPort.open(at.host(), address, config, dialects, shared);
            String host = at.host().contains(":") ? "[" + at.host() + "]" : at.host();
            return new Open(port, "http://" + host + ":" + port.address().getPort());
        } catch (BindException e) {
            throw new ServerStartException(
                    PortOwner.probe(address).describe(at.port()) + " " + remedy, e);
        } catch (IOException | UnresolvedAddressException e) {
            throw new ServerStartException(
                    "The server cannot listen on %s.".formatted(at.host()), e);
        }
    }

    /// The URL of each port, the main one first.
    List<String> urls() {
        return open.stream().map(Open::url).toList();
    }

    int mainPort() {
        return open.getFirst().port().address().getPort();
    }

    List<ServerPort> all() {
        return open.stream().map(Open::port).toList();
    }

    List<ConnectedClient> clients() {
        return open.stream().flatMap(o -> o.port().clients().stream()).toList();
    }

    void close() throws InterruptedException {
        for (Open each : open) {
            each.port().shutDown(SHUT_MILLIS);
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
