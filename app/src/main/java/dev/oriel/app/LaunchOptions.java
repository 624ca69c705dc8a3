package dev.oriel.app;

import org.jspecify.annotations.Nullable;

/// What a start can be told besides the settings, mostly for tests: `-Doriel.port=N` (0 for any),
/// `-Doriel.agent=demo|cli`.
///
/// @param agent the kind that new sessions get; null for the usual order
record LaunchOptions(int port, @Nullable String agent) {
    static final int USUAL_PORT = 6743;

    static LaunchOptions ofSystem() {
        return new LaunchOptions(
                Integer.getInteger("oriel.port", USUAL_PORT), System.getProperty("oriel.agent"));
    }
}
