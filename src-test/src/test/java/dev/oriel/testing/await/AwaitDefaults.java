package dev.oriel.testing.await;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Sets Awaitility's poll interval and limit for all tests. Its default interval of 100 ms would
/// make each of a thousand short waits that long, and its default limit of 10 s is short for a
/// machine that has much else to do. JUnit finds this extension through `META-INF/services`.
public final class AwaitDefaults implements BeforeAllCallback {
    private static final Duration INTERVAL = Duration.ofMillis(5);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollInterval(INTERVAL);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultTimeout(Patience.LIMIT);
    }
}
