package dev.oriel.app.transcript;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.keyboard.Shortcuts;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.area.TranscriptArea;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The button that copies the prompt or answer under the mouse. It is at the right of the message's
/// first line in sight. With the keyboard, Ctrl+Shift+C does the same. Belongs to the JavaFX
/// thread.
final class MessageCopyButton {
    private static final Duration COPIED = Duration.ofMillis(1_200);

    private final TranscriptArea area;
    private final Supplier<ItemPositions> positions;
    private final Scheduler scheduler;
    private final Consumer<Item> copy;
    private final DecorativeIcon icon = new DecorativeIcon(Feather.COPY);
    private final Button button = Controls.button(null, icon);
    private @Nullable Item item;

    MessageCopyButton(
            TranscriptArea area,
            Supplier<ItemPositions> positions,
            Scheduler scheduler,
            Consumer<Item> copy) {
        this.area = area;
        this.positions = positions;
        this.scheduler = scheduler;
        this.copy = copy;
        button.setId("copy-message");
        button.getStyleClass().addAll("ghost", "copy-message");
        button.setAccessibleText("Copy message");
        button.setTooltip(Controls.tooltip(Shortcuts.withKeys("Copy message", "Shortcut+Shift+C")));
        button.setFocusTraversable(false);
        button.setManaged(false);
        button.setVisible(false);
        StackPane.setAlignment(button, Pos.TOP_LEFT);
        button.setOnAction(_ -> copyItem());
        area.addEventHandler(MouseEvent.MOUSE_MOVED, e -> moved(e.getY()));
        area.addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> hide());
        area.addEventFilter(ScrollEvent.ANY, _ -> hide());
        area.hoverProperty()
                .subscribe(on -> {
                    if (!on && !button.isHover()) {
                        hide();
                    }
                });
    }

    Button node() {
        return button;
    }

    private void copyItem() {
        Item copied = item;
        if (copied != null) {
            copy.accept(copied);
            icon.setIconCode(Feather.CHECK);
            scheduler.schedule(COPIED, () -> icon.setIconCode(Feather.COPY));
        }
    }

    private void hide() {
        item = null;
        button.setVisible(false);
    }

    private void moved(double y) {
        int paragraph = paragraphAt(y);
        Item under = paragraph < 0 ? null : positions.get().itemAt(paragraph);
        if (!(under instanceof Item.Prompt)
                && !(under instanceof Item.Answer answer && !answer.open())) {
            hide();
            return;
        }
        if (!under.equals(item)) {
            item = under;
            icon.setIconCode(Feather.COPY);
            place(Math.max(positions.get().startAt(paragraph), area.firstVisible()));
        }
    }

    private int paragraphAt(double y) {
        for (int p = area.firstVisible(); p <= area.lastVisible(); p++) {
            double top = area.topOf(p).orElse(Double.MAX_VALUE);
            double next = area.topOf(p + 1).orElse(area.getViewportHeight());
            if (top <= y && y < next) {
                return p;
            }
        }
        return -1;
    }

    private void place(int paragraph) {
        double above = area.getParagraph(paragraph).getParagraphStyle().margin().top();
        double top = Math.max(0, area.topOf(paragraph).orElse(0.0)) + above + 4;
        button.autosize();
        double right = area.getWidth() - area.getPadding().getRight();
        button.relocate(right - button.getWidth() - 4, top);
        button.setVisible(true);
    }
}
