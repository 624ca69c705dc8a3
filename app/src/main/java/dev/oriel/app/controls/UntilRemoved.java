package dev.oriel.app.controls;

import javafx.scene.Node;
import javafx.util.Subscription;

/// Ends what a view that is made anew each time that it opens subscribed to. Otherwise the model,
/// which lives as long as the window, would hold every such view. Belongs to the JavaFX thread.
public final class UntilRemoved {
    private UntilRemoved() {}

    /// Ends a subscription once a node is removed from its scene.
    public static void keep(Node view, Subscription subscription) {
        view.sceneProperty()
                .addListener((_, _, scene) -> {
                    if (scene == null) {
                        subscription.unsubscribe();
                    }
                });
    }
}
