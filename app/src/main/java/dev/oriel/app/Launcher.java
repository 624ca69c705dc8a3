package dev.oriel.app;

import javafx.application.Application;

/// Where the process begins. Not an [Application] itself: the JVM would then want JavaFX on the
/// module path before anything could be said about its absence.
public final class Launcher {
    private Launcher() {}

    public static void main(String[] args) {
        Application.launch(OrielApplication.class, args);
    }
}
