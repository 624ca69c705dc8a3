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

/// The last frames of the window's connection, as they were said, with secrets masked. It looks
/// anew twice a second while somebody sees it, and only then.
public final class ProtocolPanel extends VBox {
    private static final Duration REFRESH_INTERVAL = Duration.ofMillis(500);
    private static final int SHOWN = 240;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final Supplier<@Nullable FrameLog> log;
    private final Scheduler delay;
    private final ListView<Entry> list = new ListView<>();
    private @Nullable FrameLog seen;
    private long count = -1;

    public ProtocolPanel(Supplier<@Nullable FrameLog> log, Scheduler delay, Runnable close) {
        this.log = log;
        this.delay = delay;
        setId("protocol");
        getStyleClass().addAll("card", "protocol");
        Label title = Controls.label("What is said");
        title.getStyleClass().add("card-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button copy = Controls.button("Copy all", new FontIcon(Feather.COPY));
        copy.setOnAction(_ -> copy());
        Button shut = Controls.button(null, new FontIcon(Feather.X));
        shut.getStyleClass().add("ghost");
        shut.setAccessibleText("Close");
        shut.setOnAction(_ -> close.run());
        HBox head = new HBox(8, title, space, copy, shut);
        head.setAlignment(Pos.CENTER_LEFT);
        list.setId("protocol-frames");
        list.setAccessibleText("Frames, the last at the end");
        list.setCellFactory(_ -> new FrameCell());
        list.setPlaceholder(Controls.label("Nothing yet"));
        TextArea whole = new TextArea();
        whole.setId("protocol-whole");
        whole.setEditable(false);
        whole.setWrapText(true);
        whole.setPrefRowCount(5);
        whole.setMinHeight(Region.USE_PREF_SIZE);
        whole.setPromptText("Choose a line to see the whole of it");
        whole.setAccessibleText("The frame that is chosen");
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
        FrameLog now = log.get();
        if (now == null) {
            list.getItems().clear();
        } else if (now != seen || now.count() != count) {
            seen = now;
            count = now.count();
            List<Entry> frames = now.entries();
            show(frames);
        }
        delay.schedule(REFRESH_INTERVAL, this::refresh);
    }

    /// What was chosen stays so, and who reads back is left where they are.
    private void show(List<Entry> frames) {
        Entry chosen = list.getSelectionModel().getSelectedItem();
        list.getItems().setAll(frames);
        if (chosen == null) {
            list.scrollTo(frames.size() - 1);
        } else {
            list.getSelectionModel().select(chosen);
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

    private static String arrow(FrameLog.Type way) {
        return switch (way) {
            case SENT -> "→";
            case RECEIVED -> "←";
            case NOTE -> "·";
        };
    }

    private static final class FrameCell extends ListCell<Entry> {
        FrameCell() {
            getStyleClass().add("frame");
            // One line each, cut at the window's edge; the whole of it stands below.
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
            String shown = Graphemes.truncate(text, SHOWN);
            Controls.setText(
                    this, TIME.format(frame.at()) + "  " + arrow(frame.type()) + "  " + shown);
            setTooltip(Controls.tooltip(frame.channel()));
            if (frame.type() == FrameLog.Type.NOTE) {
                getStyleClass().add("note");
            }
        }
    }
}
