package dev.oriel.dialect.relay;

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
import org.jspecify.annotations.Nullable;

/// The relay dialect: one conversation, one active socket at a time, `GET|POST /config`, and a
/// sample page.
///
/// Each instance is a separate relay: two ports share nothing.
public final class RelayDialect implements Dialect {
    private final String prefix;
    private final RelayConfigRoute config = new RelayConfigRoute();
    private final Relay relay;
    private final LoginGate.Terms terms;
    private final PageFiles page;

    /// @param folder working folder of the server; conversations without a key use its keys
    public RelayDialect(DialectPlacement placement, DialectContext context, WorkFolder folder) {
        this.prefix = placement == DialectPlacement.MAIN ? "/relay" : "";
        this.relay = new Relay(context.sessions(), folder, config);
        this.terms = context.loginTerms(CloseCode.POLICY_VIOLATION, "Unauthorized");
        this.page =
                new PageFiles(prefix + "/", context.login().needsToken())
                        .with(prefix + "/", RelayDialect.class, "relay.html")
                        .with(prefix + "/relay.js", RelayDialect.class, "relay.js");
    }

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public boolean handles(String path) {
        return path.equals(prefix + "/ws");
    }

    @Override
    public DialectConnection connect(UpgradeRequest upgrade, Peer peer) {
        return new LoginGate(upgrade.login(), peer, terms, () -> new RelayConnection(relay, peer));
    }

    @Override
    public @Nullable HttpReply reply(HttpCall call) {
        if (call.path().equals(prefix + "/config")) {
            return config.reply(call);
        }
        if (call.path().equals(prefix + "/ws")) {
            return notFound();
        }
        if (!prefix.isEmpty() && call.path().equals(prefix)) {
            return HttpReply.empty(308).withHeader("Location", prefix + "/");
        }
        return page.reply(call);
    }

    static HttpReply notFound() {
        return HttpReply.text(404, "text/plain;charset=utf-8", "Not Found");
    }
}
