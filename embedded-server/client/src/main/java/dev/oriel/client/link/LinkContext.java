package dev.oriel.client.link;

import dev.oriel.client.FrameLog;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.TokenSource;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/// What the links of one client share.
///
/// @param lane one thread, on which everything is heard
/// @param log sees every frame
/// @param connectivity made anew for each wait between two attempts
public record LinkContext(
        HttpClient http,
        TokenSource token,
        ReconnectPolicy rules,
        ScheduledExecutorService lane,
        Clock clock,
        FrameLog log,
        Supplier<ConnectivityMonitor> connectivity) {}
