package dev.oriel.dialect.sessions;

import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TokenCheck;
import dev.oriel.dialect.Upgrade;
import dev.oriel.journal.Journal;
import dev.oriel.session.Sessions;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The native dialect: a session's socket, the feed, and the REST routes.
public final class SessionsDialect implements Dialect {
    private static final String FEED = "/v1/feed";
    private static final Pattern SUBSCRIBE = Pattern.compile("/v1/sessions/ws/([^/]+)/subscribe");

    private final Sessions sessions;
    private final RestRoutes routes;
    private final LoginGate.Terms terms;

    /// @param timer for the deadline of a client's login
    /// @param loginWithin how long a client may take to log in
    public SessionsDialect(
            Sessions sessions,
            Journal journal,
            TokenCheck tokens,
            ScheduledExecutorService timer,
            Duration loginWithin) {
        this.sessions = sessions;
        this.routes = new RestRoutes(sessions, journal);
        this.terms = new LoginGate.Terms(tokens, timer, loginWithin);
    }

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public boolean speaks(String path) {
        return path.equals(FEED) || SUBSCRIBE.matcher(path).matches();
    }

    @Override
    public DialectConnection connect(Upgrade upgrade, Peer peer) {
        return new LoginGate(upgrade.login(), peer, terms, () -> admitted(upgrade, peer));
    }

    private DialectConnection admitted(Upgrade upgrade, Peer peer) {
        Matcher m = SUBSCRIBE.matcher(upgrade.path());
        if (!m.matches()) {
            return new FeedConnection(sessions, peer);
        }
        return new SubscribeConnection(
                sessions, uuid(m.group(1)), after(upgrade.query().get("after")), peer);
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// @return null for live messages only, which is also what nonsense gets
    private static @Nullable Long after(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public @Nullable HttpReply answer(HttpCall call) throws InterruptedException {
        return routes.answer(call);
    }
}
