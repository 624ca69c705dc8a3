package dev.oriel.app.outline;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.ControlText;
import dev.oriel.app.controls.Controls;
import dev.oriel.client.PromptLines;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The list of all prompts. Typing filters it; Enter or a click jumps to the selected one.
///
/// Node ids: `outline-filter`, `outline-list`, `outline-status`. Belongs to the JavaFX thread.
public final class OutlinePanel extends VBox {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);

    private final LongConsumer jump;
    private final TextField filter = new TextField();
    private final ListView<PromptLines.Line> list = new ListView<>();

    /// @param heading over the list
    /// @param jump goes to the prompt at a position, and closes the panel
    public OutlinePanel(
            OutlineViewModel model, InstantSource clock, String heading, LongConsumer jump) {
        this.jump = jump;
        getStyleClass().addAll("card", "outline");
        setMaxSize(560, 460);
        setAccessibleText("Prompts of this conversation");
        Label title = Controls.label(heading);
        title.getStyleClass().add("card-title");
        filter.setId("outline-filter");
        filter.setPromptText("Filter prompts");
        filter.textProperty().subscribe(model::setFilter);
        filter.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        list.setId("outline-list");
        list.setAccessibleText("Prompts");
        list.setCellFactory(_ -> new PromptCell(clock));
        list.addEventHandler(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.ENTER) {
                        jumpToSelected();
                        e.consume();
                    }
                });
        // Equal heights, so that the list can scroll to the selected prompt before it is laid out.
        list.fixedCellSizeProperty().bind(filter.heightProperty());
        VBox.setVgrow(list, Priority.ALWAYS);
        Label status = Controls.label();
        status.setId("outline-status");
        status.getStyleClass().add("quiet");
        Controls.bindText(status, model.status());
        getChildren()
                .addAll(title, filter, list, status, new HiddenLabel("Filter prompts", filter));
        model.shown().subscribe(this::show);
        sceneProperty()
                .addListener((_, _, scene) -> {
                    if (scene == null) {
                        model.close();
                    }
                });
    }

    /// Keeps the selected prompt, or else selects the newest one.
    private void show(List<PromptLines.Line> lines) {
        PromptLines.Line selected = list.getSelectionModel().getSelectedItem();
        list.getItems().setAll(lines);
        if (selected != null && lines.contains(selected)) {
            list.getSelectionModel().select(selected);
        } else if (!lines.isEmpty()) {
            list.getSelectionModel().selectLast();
        }
        if (list.getSelectionModel().getSelectedIndex() >= 0) {
            list.scrollTo(list.getSelectionModel().getSelectedIndex());
        }
    }

    private void onKey(KeyEvent e) {
        switch (e.getCode()) {
            case UP -> move(-1);
            case DOWN -> move(1);
            case PAGE_UP -> move(-8);
            case PAGE_DOWN -> move(8);
            case ENTER -> jumpToSelected();
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void move(int by) {
        int size = list.getItems().size();
        if (size > 0) {
            int now = list.getSelectionModel().getSelectedIndex();
            int next = Math.clamp(now + by, 0, size - 1);
            list.getSelectionModel().select(next);
            list.scrollTo(Math.max(0, next - 3));
        }
    }

    private void jumpToSelected() {
        PromptLines.Line line = list.getSelectionModel().getSelectedItem();
        if (line != null) {
            jump.accept(line.seq());
        }
    }

    /// One prompt: the beginning of its text, and when it was sent.
    private final class PromptCell extends ListCell<PromptLines.Line> {
        private final InstantSource clock;
        private final Label text = Controls.label();
        private final Label time = Controls.label();
        private final HBox row = new HBox(8, text, time);

        PromptCell(InstantSource clock) {
            this.clock = clock;
            text.setMinWidth(0);
            text.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(text, Priority.ALWAYS);
            time.setMinWidth(Region.USE_PREF_SIZE);
            time.getStyleClass().add("quiet");
            row.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
            setOnMouseClicked(e -> {
                if (e.getButton() == MouseButton.PRIMARY && getItem() != null) {
                    jump.accept(getItem().seq());
                }
            });
        }

        @Override
        protected void updateItem(PromptLines.@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            if (empty || line == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            String shown = ControlText.singleLine(line.text());
            Controls.setLine(text, shown);
            Controls.setText(time, time(line.timestamp(), clock.instant()));
            setAccessibleText(shown + ", " + time.getText());
            setGraphic(row);
        }
    }

    /// The time of today, or else the day with its time; empty if unknown.
    static String time(String timestamp, Instant now) {
        try {
            ZoneId zone = ZoneId.systemDefault();
            ZonedDateTime then = Instant.parse(timestamp).atZone(zone);
            boolean today = then.toLocalDate().equals(LocalDate.ofInstant(now, zone));
            return (today ? TIME : DAY).format(then);
        } catch (DateTimeException e) {
            return "";
        }
    }
}
