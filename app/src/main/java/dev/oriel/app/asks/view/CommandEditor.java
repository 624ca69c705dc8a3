package dev.oriel.app.asks.view;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.asks.AskDraft;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.text.EscapedText;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;

/// Changes a command before it is allowed. What runs instead is shown with its invisible
/// characters.
final class CommandEditor extends VBox {
    private static final int MAX_ROWS = 8;

    private final AskDraft draft;
    private final String asked;
    private final Hyperlink edit = Controls.hyperlink("Edit…");
    private final TextArea area = new TextArea();
    private final Label changed = Controls.wrapping(Controls.label(""));

    /// @param asked the command that Claude wants to run
    CommandEditor(AskDraft draft, String asked) {
        super(4);
        this.draft = draft;
        this.asked = asked;
        edit.setId("ask-edit");
        edit.setOnAction(_ -> {
            if (area.isVisible()) {
                close();
            } else {
                open(asked);
                area.requestFocus();
            }
        });
        area.setId("ask-command");
        area.getStyleClass().add("code");
        area.setWrapText(true);
        area.setPrefRowCount(Math.clamp(asked.lines().count(), 2, MAX_ROWS));
        area.setMinHeight(USE_PREF_SIZE);
        changed.setId("ask-changed");
        changed.getStyleClass().add("ask-outside");
        getChildren().addAll(edit, area, new HiddenLabel("Command to run instead", area), changed);
        String kept = draft.command();
        if (kept == null) {
            close();
        } else {
            open(kept);
        }
        area.textProperty().addListener((_, _, now) -> update(now));
    }

    private void open(String text) {
        show(true);
        area.setText(text);
        update(text);
        Controls.setText(edit, "Undo the change");
    }

    private void close() {
        show(false);
        draft.setCommand(null);
        Controls.setText(edit, "Edit…");
    }

    private void show(boolean on) {
        area.setVisible(on);
        area.setManaged(on);
        changed.setVisible(on && !changed.getText().isEmpty());
        changed.setManaged(changed.isVisible());
    }

    private void update(String now) {
        boolean differs = !now.equals(asked) && !now.isBlank();
        draft.setCommand(differs ? now : null);
        Controls.setText(
                changed,
                differs ? "Changed by you. This runs instead: " + EscapedText.of(now) : "");
        changed.setVisible(differs);
        changed.setManaged(differs);
    }
}
