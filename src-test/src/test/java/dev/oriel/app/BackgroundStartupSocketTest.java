package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.server.ServerState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Startups with a real server, without JavaFX.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BackgroundStartupSocketTest {
    @TempDir Path folder;

    private BackgroundStartup start() {
        return new BackgroundStartup(
                TestWindow.paths(folder), new LaunchOptions(0, "demo"), List.of("--new-session"));
    }

    private static Optional<AppContext> context(BackgroundStartup startup) {
        return startup.context().toCompletableFuture().join();
    }

    @Test
    void theServerListensWhileJavaFxLoads() {
        try (BackgroundStartup startup = start()) {
            AppContext context = context(startup).orElseThrow();
            assertThat(context.server().start().join()).isInstanceOf(ServerState.Listening.class);
        }
    }

    @Test
    void theSecondOfTwoStartsLeavesTheWindowToTheFirst() {
        try (BackgroundStartup first = start()) {
            assertThat(context(first)).isPresent();
            try (BackgroundStartup second = start()) {
                assertThat(context(second)).isEmpty();
            }
        }
    }

    @Test
    void anEndReleasesTheLockAndTheServer() {
        BackgroundStartup first = start();
        assertThat(context(first)).isPresent();
        first.close();
        first.close();
        try (BackgroundStartup next = start()) {
            AppContext context = context(next).orElseThrow();
            assertThat(context.server().start().join()).isInstanceOf(ServerState.Listening.class);
        }
    }
}
