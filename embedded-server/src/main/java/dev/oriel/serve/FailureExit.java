package dev.oriel.serve;

import dev.oriel.gateway.EmbeddedServer;
import dev.oriel.gateway.PortHealthListener;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a process that cannot do its work any more, so that whoever supervises it starts another,
/// and tells systemd as long as it can.
final class FailureExit implements PortHealthListener {
    private static final Logger LOG = LoggerFactory.getLogger(FailureExit.class);

    /// `EX_SOFTWARE` of `sysexits.h`.
    private static final int INTERNAL_ERROR = 70;

    private static final long CLOSE_SECONDS = 5;

    private final EmbeddedServer server;
    private final @Nullable SystemdNotifier systemd;

    FailureExit(EmbeddedServer server, Map<String, String> environment) {
        this.server = server;
        this.systemd = SystemdNotifier.create(environment);
    }

    /// A JVM that has run out of memory may have lost any thread, so it is not trusted any more.
    /// The options of the packages end it by themselves; a `java -jar` may have none.
    static void haltOnFatalErrors() {
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
            if (e instanceof VirtualMachineError) {
                Runtime.getRuntime().halt(INTERNAL_ERROR);
            }
            LOG.error("The thread {} failed", thread.getName(), e);
        });
    }

    @Override
    public void onResponsive() {
        if (systemd != null && !systemd.notifyAlive()) {
            LOG.debug("systemd could not be told that the server is well");
        }
    }

    @Override
    public void onUnresponsive() {
        LOG.error("The server does not answer any more and ends");
        Thread closing = Thread.ofPlatform().daemon().name("last-close").start(server::close);
        try {
            closing.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            // It ends now all the same.
        }
        Runtime.getRuntime().halt(INTERNAL_ERROR);
    }
}
