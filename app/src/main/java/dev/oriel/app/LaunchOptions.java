package dev.oriel.app;

import org.jspecify.annotations.Nullable;

/// The options of one start, in addition to the settings: from the command line ([OrielCommand]),
/// and from the system properties `oriel.port` and `oriel.agent`, which are meant for tests.
///
/// @param port that the window's server listens on; 0 for any
/// @param agent `demo`, `cli` or `api`, the kind that new sessions get; null for the server's
///   preference
record LaunchOptions(int port, @Nullable String agent, StartupAction startupAction) {
    static final int DEFAULT_PORT = 6743;

    LaunchOptions(int port, @Nullable String agent) {
        this(port, agent, new StartupAction.RestoreLastSession());
    }

    static LaunchOptions from(OrielCommand command) {
        return new LaunchOptions(
                Integer.getInteger("oriel.port", DEFAULT_PORT),
                System.getProperty("oriel.agent"),
                command.startupAction());
    }
}
