package dev.oriel.dialect.oneshot;

import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.LoginGate;
import dev.oriel.dialect.PageFiles;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.UpgradeRequest;
import dev.oriel.dialect.files.WorkFolder;
import dev.oriel.message.CloseCode;
import dev.oriel.session.Sessions;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/// The oneshot dialect: one prompt for each connection, and a sample page. Its paths are the same
/// on all ports.
public final class OneshotDialect implements Dialect {
    /// Maximum duration of a run, unless the operator sets another one.
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

    private static final String PATH = "/ws/claude";
    private final RunContext runContext;
    private final LoginGate.Terms login;
    private final PageFiles page;

    /// What connections need to run a prompt.
    record RunContext(
            Sessions sessions,
            WorkFolder folder,
            Duration timeout,
            ScheduledExecutorService timer) {}

    /// @param folder in which runs work; its keys are used
    /// @param timeout maximum duration of a run
    public OneshotDialect(DialectContext context, WorkFolder folder, Duration timeout) {
        this.runContext = new RunContext(context.sessions(), folder, timeout, context.timer());
        this.login = context.loginTerms(CloseCode.POLICY_VIOLATION, "Unauthorized");
        this.page =
                new PageFiles("/", context.login().needsToken())
                        .with("/ws-demo.html", OneshotDialect.class, "ws-demo.html")
                        .with("/ws-demo.js", OneshotDialect.class, "ws-demo.js");
    }

    @Override
    public String name() {
        return "oneshot";
    }

    @Override
    public boolean handles(String path) {
        return path.equals(PATH);
    }

    @Override
    public DialectConnection connect(UpgradeRequest upgrade, Peer peer) {
        return new LoginGate(
                upgrade.login(), peer, login, () -> new OneshotConnection(runContext, peer));
    }

    @Override
    public @Nullable HttpReply reply(HttpCall call) {
        return page.reply(call);
    }
}
