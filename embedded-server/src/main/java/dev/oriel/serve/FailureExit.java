package dev.oriel.serve;

import dev.oriel.gateway.EmbeddedServer;
import dev.oriel.gateway.PortHealthListener;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the process if the server no longer responds, so that its supervisor starts another one.
/// Notifies the watchdog of systemd as long as the server responds.
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

    /// Ends the process on an error of the JVM: any thread may be lost after it ran out of memory.
    /// The installed packages have JVM options for that; a `java -jar` may have none.
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
            LOG.debug("The watchdog of systemd could not be notified");
        }
    }

    @Override
    public void onUnresponsive() {
        LOG.error("The server no longer responds; the process ends");
        Thread closing = Thread.ofPlatform().daemon().name("last-close").start(server::close);
        try {
            closing.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            // The process ends anyway.
        }
        Runtime.getRuntime().halt(INTERNAL_ERROR);
    }
}
