package dev.oriel.client;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/// What the links of one client share.
///
/// @param lane one thread, on which everything is heard
/// @param log sees every frame
record Wire(
        HttpClient http,
        TokenSource token,
        ReconnectRules rules,
        ScheduledExecutorService lane,
        Clock clock,
        FrameLog log) {}
