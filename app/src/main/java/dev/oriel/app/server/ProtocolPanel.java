package dev.oriel.app.server;

import dev.oriel.app.controls.ControlText;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.client.FrameLog;
import dev.oriel.client.FrameLog.Entry;
import dev.oriel.message.Graphemes;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The panel with the last frames of the window's connection, with secrets masked. It refreshes
/// twice a second while it is shown.
public final class ProtocolPanel extends VBox {
    private static final Duration REFRESH_INTERVAL = Duration.ofMillis(500);
    private static final int MAX_CELL_LENGTH = 240;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final Supplier<@Nullable FrameLog> log;
    private final Scheduler scheduler;
    private final ListView<Entry> list = new ListView<>();
    private @Nullable FrameLog shownLog;
    private long shownCount = -1;

    public ProtocolPanel(Supplier<@Nullable FrameLog> log, Scheduler scheduler, Runnable close) {
        this.log = log;
        this.scheduler = scheduler;
        setId("protocol");
        getStyleClass().addAll("card", "protocol");
        Label title = Controls.label("Protocol log");
        title.getStyleClass().add("card-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button copy = Controls.button("Copy all", new FontIcon(Feather.COPY));
        copy.setOnAction(_ -> copy());
        Button closeButton = Controls.button(null, new FontIcon(Feather.X));
        closeButton.getStyleClass().add("ghost");
        closeButton.setAccessibleText("Close");
        closeButton.setOnAction(_ -> close.run());
        HBox head = new HBox(8, title, space, copy, closeButton);
        head.setAlignment(Pos.CENTER_LEFT);
        list.setId("protocol-frames");
        list.setAccessibleText("Frames, newest last");
        list.setCellFactory(_ -> new FrameCell());
        list.setPlaceholder(Controls.label("No frames yet"));
        TextArea whole = new TextArea();
        whole.setId("protocol-whole");
        whole.setEditable(false);
        whole.setWrapText(true);
        whole.setPrefRowCount(5);
        whole.setMinHeight(Region.USE_PREF_SIZE);
        whole.setPromptText("Select a line to see the complete frame");
        whole.setAccessibleText("Selected frame");
        whole.getStyleClass().add("frame");
        list.getSelectionModel()
                .selectedItemProperty()
                .subscribe(f -> {
                    if (f != null) {
                        whole.setText(ControlText.of(f.text()));
                    }
                });
        VBox.setVgrow(list, Priority.ALWAYS);
        Label about =
                Controls.label(
                        "The last "
                                + FrameLog.CAPACITY
                                + " frames of this connection. Tokens and keys are masked.");
        about.setWrapText(true);
        about.getStyleClass().add("quiet");
        getChildren().addAll(head, list, whole, about);
        sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        refresh();
                    }
                });
    }

    private void refresh() {
        if (getScene() == null) {
            return;
        }
        FrameLog current = log.get();
        if (current == null) {
            list.getItems().clear();
        } else if (!current.equals(shownLog) || current.count() != shownCount) {
            shownLog = current;
            shownCount = current.count();
            List<Entry> frames = current.entries();
            show(frames);
        }
        scheduler.schedule(REFRESH_INTERVAL, this::refresh);
    }

    /// Shows the frames. Keeps the selection; without one, scrolls to the newest frame.
    private void show(List<Entry> frames) {
        Entry selected = list.getSelectionModel().getSelectedItem();
        list.getItems().setAll(frames);
        if (selected == null) {
            list.scrollTo(frames.size() - 1);
        } else {
            list.getSelectionModel().select(selected);
        }
    }

    private void copy() {
        StringBuilder all = new StringBuilder();
        for (Entry f : list.getItems()) {
            all.append(TIME.format(f.at()))
                    .append(' ')
                    .append(arrow(f.type()))
                    .append(' ')
                    .append(f.text())
                    .append('\n');
        }
        ClipboardContent content = new ClipboardContent();
        content.putString(all.toString());
        Clipboard.getSystemClipboard().setContent(content);
    }

    private static String arrow(FrameLog.Type type) {
        return switch (type) {
            case SENT -> "→";
            case RECEIVED -> "←";
            case NOTE -> "·";
        };
    }

    private static final class FrameCell extends ListCell<Entry> {
        FrameCell() {
            getStyleClass().add("frame");
            // One line per frame, cut at the panel's edge; the text area shows the complete frame.
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Entry frame, boolean empty) {
            super.updateItem(frame, empty);
            getStyleClass().removeAll("note");
            if (empty || frame == null) {
                setText(null);
                setTooltip(null);
                return;
            }
            String text = frame.text();
            String shown = Graphemes.truncate(text, MAX_CELL_LENGTH);
            Controls.setText(
                    this, TIME.format(frame.at()) + "  " + arrow(frame.type()) + "  " + shown);
            setTooltip(Controls.tooltip(frame.channel()));
            if (frame.type() == FrameLog.Type.NOTE) {
                getStyleClass().add("note");
            }
        }
    }
}
