package dev.oriel.app;

import org.jspecify.annotations.Nullable;

/// What a start can be told besides the settings: on the command line ([OrielCommand]), and mostly
/// for tests as `-Doriel.port=N` (0 for any), `-Doriel.agent=demo|cli`.
///
/// @param agent the kind that new sessions get; null for the usual order
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
