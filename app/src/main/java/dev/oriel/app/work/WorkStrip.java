package dev.oriel.app.work;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.conversation.item.ChecklistEntry;
import dev.oriel.app.conversation.item.Durations;
import dev.oriel.app.conversation.work.BackgroundTask;
import dev.oriel.app.text.DisplayText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A slim strip with Claude's checklist and background tasks, which stays in sight while the
/// conversation scrolls. Each of both opens to its list. Hidden while there is nothing to show.
///
/// Node ids: `work-checklist` and `work-tasks` are the buttons that open and close, `work-list` the
/// list that is open. Belongs to the JavaFX thread.
public final class WorkStrip extends VBox {
    /// The greatest height of an open list, in lines.
    private static final double LINES = 8;

    private final WorkViewModel model;
    private final Button checklist = Controls.button();
    private final Button tasks = Controls.button();
    private final VBox list = new VBox();
    private final ScrollPane scroll = new ScrollPane(list);
    private final List<Button> buttons = new ArrayList<>();
    private Open open = Open.NONE;

    /// Which list is open.
    private enum Open {
        NONE,
        CHECKLIST,
        TASKS
    }

    public WorkStrip(WorkViewModel model) {
        this.model = model;
        checklist.setId("work-checklist");
        checklist.setOnAction(_ -> toggle(Open.CHECKLIST));
        checklist.getStyleClass().add("work-line");
        checklist.setMaxWidth(Double.MAX_VALUE);
        checklist.setAlignment(Pos.CENTER_LEFT);
        tasks.setId("work-tasks");
        tasks.setOnAction(_ -> toggle(Open.TASKS));
        tasks.getStyleClass().addAll("work-line", "work-tasks");
        tasks.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(checklist, Priority.ALWAYS);
        HBox head = new HBox(checklist, tasks);
        head.getStyleClass().add("work-head");
        list.getStyleClass().add("work-list");
        scroll.setId("work-list");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("work-scroll", "edge-to-edge");
        getStyleClass().add("work-strip");
        getChildren().setAll(head);
        model.shown().subscribe(this::show);
    }

    private void toggle(Open which) {
        open = open == which ? Open.NONE : which;
        show(model.shown().get());
    }

    private void show(WorkViewModel.Shown now) {
        setVisible(!now.isEmpty());
        setManaged(!now.isEmpty());
        if ((open == Open.CHECKLIST && now.checklist().isEmpty())
                || (open == Open.TASKS && now.tasks().isEmpty())) {
            open = Open.NONE;
        }
        show(checklist, now.checklistLine(), open == Open.CHECKLIST, "Checklist");
        show(tasks, now.tasksLine(), open == Open.TASKS, "Background tasks");
        buttons.clear();
        List<Node> rows = new ArrayList<>();
        switch (open) {
            case CHECKLIST -> now.checklist().forEach(e -> rows.add(row(e)));
            case TASKS -> now.tasks().forEach(t -> rows.add(row(t, now.outputs().get(t.id()))));
            case NONE -> {
                // Only the line is shown.
            }
        }
        Object focused = getScene() == null ? null : focusedButton(getScene().getFocusOwner());
        list.getChildren().setAll(rows);
        if (focused != null) {
            // The rows are new; the focus stays on the same button of the same task.
            buttons.stream()
                    .filter(b -> focused.equals(b.getUserData()))
                    .forEach(Button::requestFocus);
        }
        scroll.setStyle("-fx-max-height: " + LINES * 2 + "em;");
        if (open == Open.NONE) {
            getChildren().remove(scroll);
        } else if (!getChildren().contains(scroll)) {
            getChildren().addFirst(scroll);
        }
    }

    private static @Nullable Object focusedButton(@Nullable Node focusOwner) {
        return focusOwner instanceof Button b && b.getStyleClass().contains("small")
                ? b.getUserData()
                : null;
    }

    private static void show(Button button, String line, boolean isOpen, String name) {
        button.setVisible(!line.isEmpty());
        button.setManaged(!line.isEmpty());
        Controls.setText(button, DisplayText.prose(line));
        button.setGraphic(new DecorativeIcon(isOpen ? "fth-chevron-down" : "fth-chevron-up"));
        button.setAccessibleText(
                "%s: %s, %s".formatted(name, line, isOpen ? "expanded" : "collapsed"));
    }

    private static Node row(ChecklistEntry entry) {
        String state = entry.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
        Label mark = Controls.label(entry.state().mark());
        mark.getStyleClass().addAll("work-mark", "work-" + state);
        mark.setMinWidth(Region.USE_PREF_SIZE);
        Label text = Controls.label(DisplayText.prose(entry.shownText()));
        Controls.wrapping(text);
        text.getStyleClass().addAll("work-text", "work-" + state);
        Label word = Controls.label(entry.state().word());
        word.getStyleClass().add("work-state");
        word.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox row = new HBox(mark, text, word);
        row.getStyleClass().add("work-row");
        return row;
    }

    /// Identifies a button in the list, whose rows are made anew at each change.
    private record TaskButton(String action, String task) {}

    private Node row(BackgroundTask task, @Nullable TaskOutput output) {
        Label text = Controls.label(DisplayText.argument(task.description()));
        text.getStyleClass().add("work-text");
        text.setMaxWidth(Double.MAX_VALUE);
        String time = task.took() == null ? "" : ", " + Durations.format(task.took());
        String doing = task.doing().isBlank() ? "" : " · " + DisplayText.argument(task.doing());
        Label state = Controls.label(task.state().word() + time + doing);
        state.getStyleClass().add("work-state");
        VBox words = new VBox(text, state);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox row = new HBox(words);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("work-row");
        if (task.isCommand()) {
            String word = output == null ? "Show output" : "Hide output";
            row.getChildren().add(button(word, "output", task, () -> model.toggleOutput(task)));
        }
        if (task.isRunning()) {
            row.getChildren().add(button("Stop", "stop", task, () -> model.stop(task)));
        }
        return output == null ? row : new VBox(row, output(output));
    }

    private Button button(String words, String action, BackgroundTask task, Runnable run) {
        Button button = Controls.button(words);
        button.setAccessibleText(words + ": " + DisplayText.argument(task.description()));
        button.getStyleClass().add("small");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> run.run());
        button.setUserData(new TaskButton(action, task.id()));
        buttons.add(button);
        return button;
    }

    private static Label output(TaskOutput output) {
        Label lines = Controls.label(output.text());
        Controls.wrapping(lines);
        lines.getStyleClass().add(output.isOutput() ? "work-output" : "work-state");
        lines.setMaxWidth(Double.MAX_VALUE);
        return lines;
    }
}
