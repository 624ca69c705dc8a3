package dev.oriel.app.fx;

import javafx.application.Platform;
import javafx.scene.Scene;

/// Waits for frames whose layout completes. A scene whose layout throws never completes one.
/// Belongs to the JavaFX thread.
public final class LayoutPulses {
    private final Scene scene;
    private final Runnable task;
    private final Runnable count = this::onPulse;
    private int left;

    private LayoutPulses(Scene scene, int frames, Runnable task) {
        this.scene = scene;
        this.left = frames;
        this.task = task;
    }

    /// Runs a task after a number of frames, which it requests.
    public static void runAfter(Scene scene, int frames, Runnable task) {
        LayoutPulses waiting = new LayoutPulses(scene, frames, task);
        scene.addPostLayoutPulseListener(waiting.count);
        Platform.requestNextPulse();
    }

    private void onPulse() {
        left--;
        if (left == 0) {
            scene.removePostLayoutPulseListener(count);
            task.run();
        } else if (left > 0) {
            Platform.requestNextPulse();
        }
    }
}
