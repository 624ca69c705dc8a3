package dev.oriel.app;

import dev.oriel.app.desktop.Doorbell;
import dev.oriel.gateway.Home;
import java.util.List;
import javafx.application.Application;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/// Where the process begins. Not an [Application] itself: the JVM would then want JavaFX on the
/// module path before anything could be said about its absence.
public final class Launcher {
    private Launcher() {}

    public static void main(String[] args) {
        Home.asOtherProgramsHaveIt();
        try {
            // A window that runs already does what is asked, and no toolkit is loaded here.
            if (OrielCommand.read(args).isPresent()
                    && !Doorbell.ring(AppPaths.ofSystem().state(), List.of(args))) {
                Application.launch(OrielApplication.class, args);
            }
        } catch (ParameterException e) {
            System.err.println(e.getMessage());
            e.getCommandLine().usage(System.err);
            System.exit(ExitCode.USAGE);
        }
    }
}
