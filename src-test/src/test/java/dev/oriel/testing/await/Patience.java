package dev.oriel.testing.await;

import java.time.Duration;

/// How long tests wait for what must happen. It is only the time after which a wait is given up, so
/// it costs nothing while tests pass; it is long because machines can be a hundred times slower
/// than usual for a while. A test that checks that something happens in time has a limit of its
/// own.
public final class Patience {
    /// In seconds.
    public static final long SECONDS = 60;

    public static final Duration LIMIT = Duration.ofSeconds(SECONDS);

    private Patience() {}
}
