package dev.oriel.app.transcript.area;

import dev.oriel.app.transcript.document.Embedded;
import javafx.scene.Node;

/// Makes the nodes of what is embedded in the text. Called on the JavaFX thread whenever a
/// paragraph becomes visible; the node is dropped when the paragraph no longer is.
@FunctionalInterface
public interface EmbeddedNodes {
    /// @return a new node whose size does not change
    Node create(Embedded what);
}
