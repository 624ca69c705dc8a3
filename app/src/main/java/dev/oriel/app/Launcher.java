package dev.oriel.app;

import dev.oriel.app.desktop.SingleInstance;
import dev.oriel.client.transport.SystemProxies;
import dev.oriel.gateway.UserHome;
import java.util.List;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/// Where the process begins. Not a JavaFX application itself: the JVM would then want JavaFX on the
/// module path before anything could be said about its absence.
public final class Launcher {
    private Launcher() {}

    public static void main(String[] args) {
        UserHome.useEnvironment();
        SystemProxies.enable();
        try {
            OrielCommand.parse(args)
                    .ifPresent(command -> open(LaunchOptions.from(command), List.of(args)));
        } catch (ParameterException e) {
            System.err.println(e.getMessage());
            e.getCommandLine().usage(System.err);
            System.exit(ExitCode.USAGE);
        }
    }

    private static void open(LaunchOptions options, List<String> words) {
        AppPaths paths = AppPaths.ofSystem();
        // A window that runs already does what is asked, and no toolkit is loaded here.
        if (!SingleInstance.signal(paths.state(), words)) {
            OrielApplication.launch(new BackgroundStartup(paths, options, words));
        }
    }
}
