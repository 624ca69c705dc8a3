package dev.oriel.dialect.enhanced;

import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.LoginGate;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.Place;
import dev.oriel.dialect.Premises;
import dev.oriel.dialect.Upgrade;
import dev.oriel.session.Sessions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The dialect of a socket that runs one query after the other and keeps their context (protocols:
/// section 1).
public final class EnhancedDialect implements Dialect {
    private static final int POLICY_VIOLATION = 1008;

    private final Place place;
    private final Sessions sessions;
    private final LoginGate.Terms terms;
    private final Map<String, EnhancedConnection> connected = new ConcurrentHashMap<>();

    public EnhancedDialect(Place place, Premises premises) {
        this.place = place;
        this.sessions = premises.sessions();
        this.terms = premises.login(POLICY_VIOLATION, "Invalid authentication");
    }

    @Override
    public String name() {
        return "enhanced";
    }

    @Override
    public boolean speaks(String path) {
        return switch (place) {
            case MAIN -> Set.of("/enhanced/ws", "/ws").contains(path);
            case CLASSIC -> path.equals("/ws");
        };
    }

    @Override
    public DialectConnection connect(Upgrade upgrade, Peer peer) {
        return new LoginGate(upgrade.login(), peer, terms, () -> admitted(peer));
    }

    private DialectConnection admitted(Peer peer) {
        // As long as the ids of the original, which are numbers of objects in memory.
        String id =
                "session_"
                        + ThreadLocalRandom.current()
                                .nextLong(100_000_000_000_000L, 1_000_000_000_000_000L);
        var connection =
                new EnhancedConnection(
                        id,
                        peer,
                        new Attaching(sessions),
                        sessions.mayBypass(),
                        () -> connected.remove(id));
        connected.put(id, connection);
        return connection;
    }

    @Override
    public @Nullable HttpReply answer(HttpCall call) {
        return null;
    }
}
