package dev.oriel.app.transcript;

import dev.oriel.app.controls.Controls;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// Shows where the link at the caret leads to, at the lower edge of the conversation.
final class LinkHint {
    private static final double WIDEST = 560;

    private final Label label = Controls.label();

    LinkHint() {
        label.setId("link-hint");
        label.getStyleClass().add("link-hint");
        label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        label.setMaxSize(WIDEST, Region.USE_PREF_SIZE);
        label.setMouseTransparent(true);
        label.setVisible(false);
        StackPane.setAlignment(label, Pos.BOTTOM_LEFT);
        StackPane.setMargin(label, new Insets(8));
    }

    Region node() {
        return label;
    }

    /// @param target empty to show nothing
    void show(String target) {
        Controls.setText(label, target);
        label.setVisible(!target.isEmpty());
    }
}
