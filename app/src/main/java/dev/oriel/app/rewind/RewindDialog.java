package dev.oriel.app.rewind;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.text.DisplayText;
import dev.oriel.message.Graphemes;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Lets the user choose what returning to a prompt changes, with a preview of the files. Belongs to
/// the JavaFX thread.
///
/// Node ids: `rewind-fork`, `rewind-conversation`, `rewind-files`, `rewind-both`, `rewind-confirm`,
/// `rewind-preview`.
public final class RewindDialog {
    private static final int MOST_FILES = 200;

    private final RewindViewModel model;
    private final Map<RewindChoice, RadioButton> choices = new EnumMap<>(RewindChoice.class);
    private final ToggleGroup group = new ToggleGroup();
    private final Label preview = Controls.label();
    private final Label problem = Controls.label();
    private final Button confirm = Controls.button("Fork");

    private RewindDialog(RewindViewModel model) {
        this.model = model;
    }

    /// Shows the dialog.
    public static void show(Overlays overlays, RewindViewModel model) {
        RewindDialog dialog = new RewindDialog(model);
        overlays.showCentered(dialog.card(overlays));
        dialog.button(RewindChoice.FORK).requestFocus();
    }

    private VBox card(Overlays overlays) {
        Label title = Controls.label("Return to this prompt");
        title.getStyleClass().add("card-title");
        Label prompt = Controls.label(excerpt(model.point().text()));
        prompt.getStyleClass().add("rewind-prompt");
        Controls.wrapping(prompt);
        prompt.setMinHeight(Region.USE_PREF_SIZE);
        prompt.setMaxWidth(Double.MAX_VALUE);
        VBox options = new VBox(8);
        for (RewindChoice choice : RewindChoice.values()) {
            options.getChildren().add(option(choice));
        }
        group.selectToggle(button(RewindChoice.FORK));
        group.selectedToggleProperty().subscribe(_ -> updateConfirm());
        preview.setId("rewind-preview");
        Controls.wrapping(preview);
        ScrollPane files = new ScrollPane(preview);
        files.setFitToWidth(true);
        files.setFocusTraversable(false);
        files.getStyleClass().add("rewind-files");
        files.setMaxHeight(120);
        problem.getStyleClass().add("rewind-problem");
        Controls.wrapping(problem);
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        model.problem().subscribe(text -> Controls.setText(problem, text));
        model.preview().subscribe(this::update);
        model.busy().subscribe(_ -> updateConfirm());
        VBox card = new VBox(12, title, prompt, options, files, problem, buttons(overlays));
        card.getStyleClass().add("card");
        card.setAccessibleText("Return to this prompt");
        card.setMaxSize(520, Region.USE_PREF_SIZE);
        return card;
    }

    private VBox option(RewindChoice choice) {
        RadioButton button = Controls.radioButton(choice.label());
        button.setId("rewind-" + choice.name().toLowerCase(Locale.ROOT));
        button.setToggleGroup(group);
        button.setUserData(choice);
        button.setAccessibleHelp(choice.explanation());
        choices.put(choice, button);
        Label explanation = Controls.label(choice.explanation());
        explanation.getStyleClass().add("rewind-explanation");
        Controls.wrapping(explanation);
        explanation.setMinHeight(Region.USE_PREF_SIZE);
        return new VBox(2, button, explanation);
    }

    private HBox buttons(Overlays overlays) {
        Button cancel = Controls.button("Cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> overlays.close());
        confirm.setId("rewind-confirm");
        confirm.getStyleClass().add("accent");
        confirm.setOnAction(_ -> model.perform(chosen()));
        HBox row = new HBox(8, cancel, confirm);
        row.setAlignment(Pos.CENTER_RIGHT);
        return row;
    }

    private RadioButton button(RewindChoice choice) {
        return Objects.requireNonNull(choices.get(choice));
    }

    private RewindChoice chosen() {
        return (RewindChoice) group.getSelectedToggle().getUserData();
    }

    private void update(FilePreview now) {
        Controls.setText(preview, describe(now));
        for (RewindChoice choice : RewindChoice.values()) {
            button(choice).setDisable(!model.isPossible(choice));
        }
        updateConfirm();
    }

    private void updateConfirm() {
        RewindChoice choice = chosen();
        Controls.setText(confirm, choice == RewindChoice.FORK ? "Fork" : "Rewind");
        confirm.setDisable(model.busy().get() || !model.isPossible(choice));
    }

    private static String describe(FilePreview now) {
        return switch (now) {
            case FilePreview.Loading() -> "Looking for files that Claude changed since then…";
            case FilePreview.NoChanges() -> "No file differs from what it was then.";
            case FilePreview.Unavailable(String reason) ->
                    "Files cannot be rewound: " + DisplayText.prose(reason);
            case FilePreview.Changes(List<String> files, int insertions, int deletions) -> {
                String count =
                        files.size() == 1 ? "1 file changes" : files.size() + " files change";
                String more =
                        files.size() > MOST_FILES
                                ? "\n… and %,d more".formatted(files.size() - MOST_FILES)
                                : "";
                yield "%s (+%,d −%,d lines). Changes by commands and by you are not undone.\n"
                                .formatted(count, insertions, deletions)
                        + files.stream()
                                .limit(MOST_FILES)
                                .map(DisplayText::argument)
                                .collect(Collectors.joining("\n"))
                        + more;
            }
        };
    }

    private static String excerpt(String prompt) {
        String text = DisplayText.prose(prompt).strip();
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end) + " …";
        return line.length() <= 240 ? line : Graphemes.truncate(line, 240);
    }
}
