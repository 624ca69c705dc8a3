package dev.oriel.app;

import dev.oriel.app.desktop.SingleInstance;
import dev.oriel.app.theme.DirectBackgrounds;
import dev.oriel.client.transport.SystemProxies;
import dev.oriel.gateway.UserHome;
import dev.oriel.platform.EnglishNumbers;
import java.util.List;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/// The main class. It is not a JavaFX application itself, because the JVM would then require JavaFX
/// on the module path before `main` runs.
public final class Launcher {
    private Launcher() {}

    public static void main(String[] args) {
        EnglishNumbers.use();
        UserHome.useEnvironment();
        SystemProxies.enable();
        DirectBackgrounds.enable();
        try {
            OrielCommand.parse(args)
                    .ifPresent(command -> open(LaunchOptions.from(command), List.of(args)));
        } catch (ParameterException e) {
            System.err.println(e.getMessage());
            e.getCommandLine().usage(System.err);
            System.exit(ExitCode.USAGE);
        }
    }

    private static void open(LaunchOptions options, List<String> arguments) {
        AppPaths paths = AppPaths.ofSystem();
        // If a window is open already, it does what is requested, and JavaFX is not loaded here.
        if (!SingleInstance.signal(paths.state(), arguments)) {
            BackgroundStartup startup = new BackgroundStartup(paths, options, arguments);
            try {
                OrielApplication.launch(startup);
            } finally {
                // Here, and not on the JavaFX thread, because it blocks.
                startup.close();
            }
            startup.requireNoFailure();
        }
    }
}
