package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.DialectPlacement;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.LoginGate;
import dev.oriel.dialect.PageFiles;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.UpgradeRequest;
import dev.oriel.dialect.files.WorkFolder;
import dev.oriel.message.CloseCode;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The dialect whose socket runs one query after the other and keeps their context (wire.md 1).
public final class EnhancedDialect implements Dialect {
    private static final String FULL = "Maximum number of sessions reached";

    private final DialectPlacement placement;
    private final DialectContext context;
    private final Path folder;
    private final EnhancedSettings settings;
    private final LoginGate.Terms terms;
    private final EnhancedRoutes routes;
    private final PageFiles page;
    private final Map<String, EnhancedConnection> connected = new ConcurrentHashMap<>();

    public EnhancedDialect(
            DialectPlacement placement,
            DialectContext context,
            WorkFolder folder,
            EnhancedSettings settings) {
        this.placement = placement;
        this.context = context;
        this.folder = folder.path();
        this.settings = settings;
        this.terms = context.loginTerms(CloseCode.POLICY_VIOLATION, "Invalid authentication");
        this.page = page(placement, context.login().needsToken() || settings.jwt() != null);
        this.routes =
                new EnhancedRoutes(
                        placement, settings, context.login().needsToken(), connected.values());
    }

    private static PageFiles page(DialectPlacement placement, boolean needsToken) {
        String prefix = placement == DialectPlacement.MAIN ? "/enhanced/" : "/";
        return new PageFiles(prefix, needsToken)
                .with(prefix, EnhancedDialect.class, "enhanced.html")
                .with(prefix + "enhanced.js", EnhancedDialect.class, "enhanced.js");
    }

    @Override
    public String name() {
        return "enhanced";
    }

    @Override
    public boolean handles(String path) {
        return switch (placement) {
            case MAIN -> Set.of("/enhanced/ws", "/ws").contains(path);
            case CLASSIC -> path.equals("/ws");
        };
    }

    @Override
    public DialectConnection connect(UpgradeRequest upgrade, Peer peer) {
        JwtCheck jwt = settings.jwt();
        if (jwt == null) {
            return new LoginGate(upgrade.login(), peer, terms, () -> admitted(peer, null));
        }
        var subject = new AtomicReference<@Nullable String>();
        return new LoginGate(
                login(upgrade, jwt, subject),
                peer,
                // A first frame can contain a JWT or the server's own token.
                terms.withTokens(
                        token -> acceptJwt(jwt, token, subject) || terms.tokens().accepts(token)),
                () -> admitted(peer, subject.get()));
    }

    private UpgradeRequest.Login login(
            UpgradeRequest upgrade, JwtCheck jwt, AtomicReference<@Nullable String> subject) {
        String token = upgrade.query().get("token");
        if (token != null) {
            return acceptJwt(jwt, token, subject)
                    ? UpgradeRequest.Login.ACCEPTED
                    : UpgradeRequest.Login.WRONG;
        }
        return context.login().needsToken() ? upgrade.login() : UpgradeRequest.Login.NONE;
    }

    private static boolean acceptJwt(
            JwtCheck jwt, String token, AtomicReference<@Nullable String> subject) {
        Optional<String> found = jwt.subject(token);
        found.ifPresent(subject::set);
        return found.isPresent();
    }

    /// @param subject of the client's JWT; null if it has shown none
    private DialectConnection admitted(Peer peer, @Nullable String subject) {
        if (connected.size() >= settings.maxSessions()) {
            peer.send(new String(Json.encode(EnhancedFrames.error(FULL)), StandardCharsets.UTF_8));
            peer.close(CloseCode.TRY_AGAIN_LATER, FULL);
            return new RejectedConnection();
        }
        // The original's ids are addresses of objects, with as many digits.
        String id =
                "session_"
                        + ThreadLocalRandom.current()
                                .nextLong(100_000_000_000_000L, 1_000_000_000_000_000L);
        var connection =
                new EnhancedConnection(
                        id,
                        peer,
                        context,
                        new SessionResolver(context.sessions(), folder, subject),
                        settings,
                        () -> connected.remove(id));
        connected.put(id, connection);
        return connection;
    }

    @Override
    public @Nullable HttpReply reply(HttpCall call) {
        HttpReply route = routes.reply(call);
        return route == null ? page.reply(call) : route;
    }

    @Override
    public void addHealth(ObjectNode body) {
        routes.addHealth(body);
    }

    /// A connection that is being closed because there are too many.
    private static final class RejectedConnection implements DialectConnection {
        @Override
        public void onText(String text) {
            // The client receives the reason.
        }

        @Override
        public void onBinary(int bytes) {
            // The client receives the reason.
        }

        @Override
        public void onClosed() {
            // Nothing to release.
        }
    }
}
