package dev.oriel.gateway;

import dev.oriel.dialect.BudgetedDialect;
import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.DialectPlacement;
import dev.oriel.dialect.enhanced.EnhancedDialect;
import dev.oriel.dialect.manager.ManagerDialect;
import dev.oriel.dialect.oneshot.OneshotDialect;
import dev.oriel.dialect.relay.RelayDialect;
import dev.oriel.dialect.sessions.SessionsDialect;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Creates the dialects. Each port on which one is served has its own instance, so that the state
/// of a port stays separate.
public final class DialectFactory {
    /// The names that `--listen` accepts.
    public static final List<String> NAMES =
            List.of("sessions", "enhanced", "relay", "oneshot", "manager");

    /// The ports on which the clients of some systems expect their server.
    private static final Map<String, Integer> CLASSIC_PORTS =
            Map.of("enhanced", 8000, "relay", 3000, "oneshot", 3000, "manager", 8001);

    private DialectFactory() {}

    /// The port of the system that a dialect is compatible with.
    ///
    /// @return null for a dialect of Oriel's own
    public static @Nullable Integer classicPort(String name) {
        return CLASSIC_PORTS.get(name);
    }

    /// Creates all dialects for the main port.
    static List<Dialect> createAll(DialectContext context, DialectSettings settings) {
        return NAMES.stream()
                .map(n -> create(n, DialectPlacement.MAIN, context, settings))
                .toList();
    }

    /// @param name one of [#NAMES]
    static Dialect create(
            String name, DialectPlacement place, DialectContext context, DialectSettings settings) {
        return new BudgetedDialect(made(name, place, context, settings), context.sending());
    }

    private static Dialect made(
            String name, DialectPlacement place, DialectContext context, DialectSettings settings) {
        return switch (name) {
            case "sessions" -> new SessionsDialect(context, settings.accounts());
            case "enhanced" ->
                    new EnhancedDialect(place, context, settings.workFolder(), settings.enhanced());
            case "relay" -> new RelayDialect(place, context, settings.workFolder());
            case "oneshot" ->
                    new OneshotDialect(context, settings.workFolder(), settings.oneshotTimeout());
            case "manager" -> new ManagerDialect(place, context, settings.manager());
            default -> throw new IllegalArgumentException("no dialect is called " + name);
        };
    }
}
