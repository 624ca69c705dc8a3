package dev.oriel.client.link;

import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.TokenSource;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// What the connections of one client share.
///
/// @param token read before every attempt, on `background`
/// @param background runs what may block
/// @param lane runs all callbacks
/// @param log records every frame
/// @param connectivity creates a monitor for each wait between two attempts
public record LinkContext(
        WebSocketOpener sockets,
        TokenSource token,
        Executor background,
        ReconnectPolicy policy,
        ClientLane lane,
        Clock clock,
        RecordingFrameLog log,
        Supplier<ConnectivityMonitor> connectivity) {}
