package dev.oriel.bench;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;

/// A minimal JavaFX window, for comparing start times.
public final class BareWindow extends Application {
    static final String TITLE = "Bare window";

    public static void main(String[] args) {
        launch(args);
    }

    @Override
    public void start(Stage stage) {
        stage.setTitle(TITLE);
        stage.setScene(new Scene(new Label(TITLE), 1000, 700));
        stage.show();
    }
}
