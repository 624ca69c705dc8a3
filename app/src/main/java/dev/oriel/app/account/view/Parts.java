package dev.oriel.app.account.view;

import dev.oriel.app.controls.Controls;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Small parts of these views.
final class Parts {
    private Parts() {}

    static Label text(String words) {
        return Controls.wrapping(Controls.label(words));
    }

    static Label quiet(String words) {
        Label label = text(words);
        label.getStyleClass().add("quiet");
        return label;
    }

    static Button link(String id, String words, Runnable action) {
        Button button = Controls.button(words);
        button.setId(id);
        button.getStyleClass().add("link");
        button.setOnAction(_ -> action.run());
        return button;
    }

    /// A field under its name.
    static VBox named(String name, Node field) {
        Label label = Controls.label(name);
        label.setLabelFor(field);
        return new VBox(4, label, field);
    }

    /// The first takes what room there is.
    static HBox row(Node wide, Node... others) {
        HBox.setHgrow(wide, Priority.ALWAYS);
        if (wide instanceof Region region) {
            region.setMaxWidth(Double.MAX_VALUE);
        }
        HBox row = new HBox(8, wide);
        row.getChildren().addAll(others);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
