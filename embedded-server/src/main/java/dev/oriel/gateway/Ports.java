package dev.oriel.gateway;

import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.FailedLogins;
import dev.oriel.dialect.Place;
import dev.oriel.dialect.Premises;
import dev.oriel.dialect.SendBudget;
import dev.oriel.gateway.socket.Places;
import dev.oriel.gateway.socket.ReceiveBudget;
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
final class Ports {
    private static final int SHUT_MILLIS = 500;

    /// An address, which several dialects may share: some systems used the same port.
    ///
    /// @param alone tells ports apart that the system chooses, which are never shared; 0 for others
    private record Address(String host, int port, int alone) {}

    private record Open(Listener listener, String url, int port) {}

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Open> open = new ArrayList<>();

    private Ports() {}

    /// Opens all, or none.
    static Ports open(
            ServerConfig config,
            Sessions sessions,
            Journal journal,
            Token token,
            ScheduledExecutorService timer)
            throws ServerException {
        var ports = new Ports();
        Places connections = config.limits().places();
        var metrics = new Metrics(sessions, connections::taken, Version.TEXT, config.program());
        var failedLogins = new FailedLogins(timer, System::nanoTime, metrics::wrongToken);
        var sending = new SendBudget(config.limits().maxUnread(), timer);
        var shared =
                new Listener.Shared(
                        token,
                        timer,
                        metrics,
                        failedLogins,
                        connections,
                        ReceiveBudget.standard(),
                        sending,
                        System::nanoTime);
        var premises =
                new Premises(
                        sessions,
                        journal,
                        token,
                        config.needsToken(),
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
                    Dialects.onMainPort(premises, config.dialects()),
                    shared);
            Map<Address, Integer> places = new LinkedHashMap<>();
            Map<Address, List<Dialect>> dialects = new LinkedHashMap<>();
            for (ListenAt at : config.further()) {
                int alone = at.port() == 0 ? places.size() + 1 : 0;
                var address = new Address(at.host(), at.port(), alone);
                places.put(address, places.size());
                dialects.computeIfAbsent(address, _ -> new ArrayList<>())
                        .add(
                                Dialects.make(
                                        at.dialect(),
                                        Place.CLASSIC,
                                        premises.at(isLoopback(at.host())),
                                        config.dialects()));
            }
            for (var each : dialects.entrySet()) {
                ports.add(each.getKey(), another(each.getValue()), config, each.getValue(), shared);
            }
            return ports;
        } catch (ServerException e) {
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
            Listener.Shared shared)
            throws ServerException {
        var address = new InetSocketAddress(at.host(), at.port());
        var listener = new Listener(at.host(), address, config, dialects, shared);
        try {
            int port = listener.listen();
            listeners.add(listener);
            String host = at.host().contains(":") ? "[" + at.host() + "]" : at.host();
            open.add(new Open(listener, "http://" + host + ":" + port, port));
        } catch (BindException e) {
            throw new ServerException(
                    PortOwner.of(address).sentence(at.port()) + " " + otherwise, e);
        } catch (IOException | UnresolvedAddressException e) {
            throw new ServerException("The server cannot listen on %s.".formatted(at.host()), e);
        }
    }

    /// Of each port, the main one first.
    List<String> urls() {
        return open.stream().map(Open::url).toList();
    }

    int main() {
        return open.getFirst().port();
    }

    List<Listener> listeners() {
        return List.copyOf(listeners);
    }

    List<ConnectedClient> clients() {
        return listeners.stream().flatMap(l -> l.clients().stream()).toList();
    }

    void close() throws InterruptedException {
        for (Listener each : listeners) {
            each.shut(SHUT_MILLIS);
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
