package dev.oriel.client;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/// What the links of one client share.
///
/// @param lane one thread, on which everything is heard
/// @param log sees every frame
/// @param connectivity made anew for each wait between two attempts
record Wire(
        HttpClient http,
        TokenSource token,
        ReconnectRules rules,
        ScheduledExecutorService lane,
        Clock clock,
        FrameLog log,
        Supplier<Connectivity> connectivity) {}
