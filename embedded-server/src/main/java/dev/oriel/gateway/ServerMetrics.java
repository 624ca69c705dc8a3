package dev.oriel.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.QueryMeter;
import dev.oriel.gateway.socket.SocketMeter;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.session.Sessions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Counts what the server does, for `GET /health` and `GET /metrics`.
///
/// Counting is an addition. The registry is only created for the first scrape, or the first query
/// of another system's client: creating it would take a tenth of the time until the server listens.
final class ServerMetrics implements QueryMeter, SocketMeter {
    /// Upper bounds of the buckets: from a cached answer to a long task.
    private static final Duration[] BUCKETS =
            Stream.of(1, 2, 5, 10, 30, 60, 120, 300, 600)
                    .map(Duration::ofSeconds)
                    .toArray(Duration[]::new);

    private final Sessions sessions;
    private final IntSupplier connections;
    private final String version;
    private final String program;
    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder wrongTokens = new LongAdder();
    private final LongAdder stuck = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder running = new LongAdder();
    private @Nullable PrometheusMeterRegistry registry; // guarded by this

    ServerMetrics(Sessions sessions, IntSupplier connections, String version, String program) {
        this.sessions = sessions;
        this.connections = connections;
        this.version = version;
        this.program = program;
    }

    @Override
    public void onOpened() {
        opened.increment();
    }

    @Override
    public void onClosed() {
        closed.increment();
    }

    @Override
    public void onRefused() {
        refused.increment();
    }

    void onWrongToken() {
        wrongTokens.increment();
    }

    @Override
    public void onStuck() {
        stuck.increment();
    }

    @Override
    public void onReceived(int chars) {
        received.add(chars);
    }

    /// The reply to one of the gateway's own routes.
    ///
    /// @param dialects those of the port, which may add to the health report
    /// @return null if the path is none of these routes
    @Nullable HttpReply reply(HttpCall call, List<Dialect> dialects) {
        boolean get = call.method().equals("GET") || call.method().equals("HEAD");
        return switch (call.path()) {
            case "/health" -> get ? health(dialects) : notAllowed();
            case "/metrics" -> {
                if (!call.allowed()) {
                    yield HttpReply.error(401, ErrorCode.UNAUTHORIZED, "A valid token is needed.")
                            .withHeader("WWW-Authenticate", "Bearer");
                }
                yield get
                        ? HttpReply.text(200, "text/plain; version=0.0.4; charset=utf-8", scrape())
                        : notAllowed();
            }
            default -> null;
        };
    }

    private static HttpReply notAllowed() {
        return HttpReply.error(405, ErrorCode.BAD_REQUEST, "The method must be GET.")
                .withHeader("Allow", "GET");
    }

    private HttpReply health(List<Dialect> dialects) {
        ObjectNode body = Json.object();
        body.put("status", "ok").put("version", version).put("program", program);
        body.put("sessions", sessions.list().size()).put("connections", connections.getAsInt());
        dialects.forEach(d -> d.addHealth(body));
        return HttpReply.json(200, body);
    }

    @Override
    public void onStarted(String dialect) {
        running.increment();
    }

    @Override
    public void onFinished(String dialect, Outcome outcome, Duration took) {
        running.decrement();
        String how = outcome.name().toLowerCase(Locale.ROOT);
        Counter.builder("oriel.queries")
                .description("Queries of clients, by how they ended")
                .tag("dialect", dialect)
                .tag("outcome", how)
                .register(registry())
                .increment();
        Timer.builder("oriel.query.duration")
                .description("From a query to its end")
                .tag("dialect", dialect)
                .tag("outcome", how)
                .serviceLevelObjectives(BUCKETS)
                .register(registry())
                .record(took);
    }

    private String scrape() {
        return registry().scrape();
    }

    private synchronized PrometheusMeterRegistry registry() {
        if (registry == null) {
            registry = make();
        }
        return registry;
    }

    private PrometheusMeterRegistry make() {
        var made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        count(made, "oriel.connections.opened", "WebSocket connections opened", opened);
        count(made, "oriel.connections.closed", "WebSocket connections closed", closed);
        count(made, "oriel.connections.refused", "Requests refused by the guard", refused);
        count(made, "oriel.logins.failed", "Wrong tokens and keys received", wrongTokens);
        count(made, "oriel.connections.stuck", "Clients closed because they did not read", stuck);
        count(made, "oriel.received.chars", "Characters received from clients", received);
        Gauge.builder("oriel.connections", connections, IntSupplier::getAsInt)
                .description("Connections open now")
                .register(made);
        Gauge.builder("oriel.queries.running", running, LongAdder::doubleValue)
                .description("Queries of clients that are not over")
                .register(made);
        Gauge.builder("oriel.sessions", sessions, s -> s.list().size())
                .description("Sessions in the journal")
                .register(made);
        Gauge.builder("oriel.agents.running", sessions, Sessions::agentsRunning)
                .description("Agents running now")
                .register(made);
        new JvmMemoryMetrics().bindTo(made);
        new ProcessorMetrics().bindTo(made);
        return made;
    }

    private static void count(
            PrometheusMeterRegistry registry, String name, String what, LongAdder adder) {
        FunctionCounter.builder(name, adder, LongAdder::doubleValue)
                .description(what)
                .register(registry);
    }
}
