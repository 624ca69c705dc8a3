package dev.oriel.app.overlay;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.Controls;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Dialogs in the middle of the window: a title, a text or field, and buttons at the right.
public final class Dialogs {
    private Dialogs() {}

    /// A card with a title.
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

    /// A card with a title and a button that closes it.
    static VBox card(String title, Runnable close, Node... content) {
        VBox card = card(title, content);
        Label head = (Label) card.getChildren().getFirst();
        Button button = Controls.button(null, new FontIcon(Feather.X));
        button.getStyleClass().add("ghost");
        button.setAccessibleText("Close");
        button.setOnAction(_ -> close.run());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox top = new HBox(8);
        top.setAlignment(Pos.CENTER_LEFT);
        card.getChildren().set(0, top);
        top.getChildren().addAll(head, space, button);
        return card;
    }

    private static HBox buttonRow(Button... buttons) {
        HBox row = new HBox(8, buttons);
        row.setAlignment(Pos.CENTER_RIGHT);
        return row;
    }

    private static Label text(String text) {
        Label label = Controls.label(text);
        Controls.wrapping(label);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// Asks the user to confirm an action that cannot be undone.
    ///
    /// @param yes the text of the button that confirms
    /// @param confirmed called when the user confirms
    public static void confirm(
            Overlays overlays, String title, String text, String yes, Runnable confirmed) {
        Button cancel = Controls.button("Cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> overlays.close());
        Button confirm = Controls.button(yes);
        confirm.setId("confirm");
        confirm.getStyleClass().add("danger");
        confirm.setOnAction(_ -> {
            overlays.close();
            confirmed.run();
        });
        overlays.showCentered(card(title, text(text), buttonRow(cancel, confirm)));
        cancel.requestFocus();
    }

    /// Asks the user for one line.
    ///
    /// @param prompt an example, shown in the empty field
    /// @param initial the text of the field
    /// @param entered receives the text
    public static void prompt(
            Overlays overlays,
            String title,
            String prompt,
            String initial,
            Consumer<String> entered) {
        TextField field = new TextField(initial);
        field.setPromptText(prompt);
        Button cancel = Controls.button("Cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> overlays.close());
        Button ok = Controls.button("OK");
        ok.setDefaultButton(true);
        ok.getStyleClass().add("accent");
        ok.setOnAction(_ -> {
            overlays.close();
            entered.accept(field.getText().strip());
        });
        overlays.showCentered(
                card(title, field, new HiddenLabel(title, field), buttonRow(cancel, ok)));
        field.requestFocus();
    }
}
