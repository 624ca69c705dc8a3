package dev.oriel.app.asks.view;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.asks.AskDraft;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.request.InputEdits;
import dev.oriel.app.asks.request.InputEdits.Part;
import dev.oriel.app.asks.request.InputEdits.Result;
import dev.oriel.app.controls.Controls;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// Changes a tool's input before it is allowed: a command, the new text of a file, or any input as
/// JSON. What would run then is shown above, as what Claude asked for was.
final class InputEditor extends VBox {
    private static final int MAX_ROWS = 8;

    private final AskDraft draft;
    private final Ask ask;
    private final List<Part> parts;
    private final Consumer<Ask> changed;
    private final Hyperlink edit = Controls.hyperlink("Edit…");
    private final Hyperlink previous = Controls.hyperlink("Previous");
    private final Hyperlink next = Controls.hyperlink("Next");
    private final Label name = Controls.label("");
    private final HBox head = new HBox(12, edit, name, previous, next);
    private final TextArea area = new TextArea();
    private final HiddenLabel label = new HiddenLabel("Changed input", area);
    private final Label note = Controls.wrapping(Controls.label(""));

    /// Shows the change once the user pauses: a long diff is not computed at every key.
    private final PauseTransition pause = new PauseTransition(Duration.millis(250));

    private int part;
    private boolean opening;

    /// @param parts of the ask's input, at least one
    /// @param changed receives the ask as the user changed it
    InputEditor(AskDraft draft, Ask ask, List<Part> parts, Consumer<Ask> changed) {
        super(4);
        this.draft = draft;
        this.ask = ask;
        this.parts = parts;
        this.changed = changed;
        edit.setId("ask-edit");
        edit.setOnAction(_ -> toggle());
        previous.setId("ask-edit-previous");
        previous.setOnAction(_ -> open(part - 1));
        next.setId("ask-edit-next");
        next.setOnAction(_ -> open(part + 1));
        name.getStyleClass().add("quiet");
        head.setAlignment(Pos.CENTER_LEFT);
        area.setId("ask-input");
        area.getStyleClass().add("code");
        area.setWrapText(true);
        area.setMinHeight(USE_PREF_SIZE);
        note.setId("ask-changed");
        note.getStyleClass().add("ask-changed");
        getChildren().addAll(head, area, label, note);
        area.textProperty().addListener((_, _, now) -> onText(now));
        pause.setOnFinished(_ -> publish());
        if (draft.changes().isEmpty()) {
            show(false);
        } else {
            open(draft.changes().keySet().stream().min(Integer::compare).orElse(0));
            publish();
        }
    }

    private void toggle() {
        if (area.isVisible()) {
            draft.changes().keySet().forEach(p -> draft.setChange(p, null));
            show(false);
            publish();
            edit.requestFocus();
        } else {
            open(0);
            area.requestFocus();
        }
    }

    private void open(int number) {
        part = Math.floorMod(number, parts.size());
        Part shown = parts.get(part);
        opening = true;
        area.setText(draft.changes().getOrDefault(part, shown.text()));
        opening = false;
        area.setPrefRowCount(Math.clamp(shown.text().lines().count() + 1, 2, MAX_ROWS));
        Controls.setText(name, shown.name());
        area.setAccessibleText(shown.name());
        show(true);
    }

    private void show(boolean on) {
        area.setVisible(on);
        area.setManaged(on);
        name.setVisible(on);
        boolean several = on && parts.size() > 1;
        for (Hyperlink each : List.of(previous, next)) {
            each.setVisible(several);
            each.setManaged(several);
        }
        showNote();
    }

    private void onText(String now) {
        if (!opening) {
            draft.setChange(part, now.equals(parts.get(part).text()) ? null : now);
            showNote();
            pause.playFromStart();
        }
    }

    private void showNote() {
        boolean any = !draft.changes().isEmpty();
        Controls.setText(edit, area.isVisible() ? any ? "Undo the changes" : "Close" : "Edit…");
        String text =
                switch (InputEdits.apply(ask, draft.changes())) {
                    case Result.Wrong(String why) -> why;
                    case Result.Changed _ ->
                            any ? "Changed by you. What you see above is what you allow." : "";
                };
        Controls.setText(note, text);
        note.setVisible(!text.isEmpty());
        note.setManaged(note.isVisible());
    }

    private void publish() {
        pause.stop();
        if (InputEdits.apply(ask, draft.changes()) instanceof Result.Changed(var input)) {
            changed.accept(ask.withInput(input));
        }
    }
}
