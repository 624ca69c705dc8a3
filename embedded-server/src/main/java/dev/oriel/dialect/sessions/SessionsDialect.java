package dev.oriel.dialect.sessions;

import dev.oriel.account.StoredAccounts;
import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.LoginGate;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.UpgradeRequest;
import dev.oriel.message.CloseCode;
import dev.oriel.session.Sessions;
import java.util.Optional;
import java.util.UUID;
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
    private final int maxMessage;

    /// @param accounts of the Messages API; null for none
    public SessionsDialect(DialectContext context, @Nullable StoredAccounts accounts) {
        this.sessions = context.sessions();
        this.routes =
                new RestRoutes(
                        sessions,
                        context.journal(),
                        new EventStreamRoutes(sessions, context.timer()),
                        context.timer(),
                        accounts);
        this.maxMessage = context.maxMessage();
        this.terms = context.loginTerms(CloseCode.NOT_AUTHORIZED, "not authorised");
    }

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public boolean handles(String path) {
        return path.equals(FEED) || SUBSCRIBE.matcher(path).matches();
    }

    @Override
    public DialectConnection connect(UpgradeRequest upgrade, Peer peer) {
        return new LoginGate(upgrade.login(), peer, terms, () -> createConnection(upgrade, peer));
    }

    private DialectConnection createConnection(UpgradeRequest upgrade, Peer peer) {
        Matcher m = SUBSCRIBE.matcher(upgrade.path());
        if (!m.matches()) {
            return new FeedConnection(sessions, maxMessage, peer);
        }
        return new SubscribeConnection(
                sessions,
                parseId(m.group(1)),
                parsePosition(upgrade.query().get("after")),
                upgrade.query().get("journal"),
                peer);
    }

    private static Optional<UUID> parseId(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// @return null for live events only, also for a value that is no number
    private static @Nullable Long parsePosition(@Nullable String text) {
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
    public @Nullable HttpReply reply(HttpCall call) throws InterruptedException {
        return routes.reply(call);
    }
}
