package dev.oriel.testing.await;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Sets Awaitility's poll interval for all tests. Its default of 100 ms would make each of a
/// thousand short waits that long. JUnit finds this extension through `META-INF/services`.
public final class PollInterval implements BeforeAllCallback {
    private static final Duration INTERVAL = Duration.ofMillis(5);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollInterval(INTERVAL);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
    }
}
