package dev.oriel.app.overlay;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.Controls;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Questions in the middle of the window, all of one cut: a title, what it is about, and the
/// answers at the right.
public final class Dialogs {
    private Dialogs() {}

    static VBox card(String title, Node... content) {
        Label head = Controls.label(title);
        head.getStyleClass().add("card-title");
        VBox card = new VBox(12, head);
        card.getChildren().addAll(content);
        card.getStyleClass().add("card");
        card.setAccessibleText(title);
        card.setMaxSize(480, Region.USE_PREF_SIZE);
        return card;
    }

    static HBox buttonRow(Button... buttons) {
        HBox row = new HBox(8, buttons);
        row.setAlignment(Pos.CENTER_RIGHT);
        return row;
    }

    static Label text(String words) {
        Label label = Controls.label(words);
        Controls.wrapping(label);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// Asks whether something may happen that cannot be undone.
    public static void confirm(
            Overlays sheets, String title, String words, String yes, Runnable then) {
        Button cancel = Controls.button("Cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> sheets.close());
        Button sure = Controls.button(yes);
        sure.setId("confirm");
        sure.getStyleClass().add("danger");
        sure.setOnAction(_ -> {
            sheets.close();
            then.run();
        });
        sheets.showCentered(card(title, text(words), buttonRow(cancel, sure)));
        cancel.requestFocus();
    }

    /// Asks for one line.
    public static void prompt(
            Overlays sheets,
            String title,
            String prompt,
            String before,
            java.util.function.Consumer<String> then) {
        TextField field = new TextField(before);
        field.setPromptText(prompt);
        Button cancel = Controls.button("Cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> sheets.close());
        Button ok = Controls.button("Take it");
        ok.setDefaultButton(true);
        ok.getStyleClass().add("accent");
        ok.setOnAction(_ -> {
            sheets.close();
            then.accept(field.getText().strip());
        });
        sheets.showCentered(
                card(title, field, new HiddenLabel(title, field), buttonRow(cancel, ok)));
        field.requestFocus();
    }
}
