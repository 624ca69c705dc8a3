package dev.oriel.app.transcript;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.text.markdown.ItemMarkdown;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.copy.SelectionMarkdown;
import dev.oriel.app.transcript.render.BlockCache;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// Copies the selection as text or as Markdown, and whole messages. Belongs to the JavaFX thread.
final class TranscriptCopy {
    private final TranscriptArea area;
    private final BlockCache blocks;
    private final Supplier<ItemPositions> positions;

    TranscriptCopy(TranscriptArea area, BlockCache blocks, Supplier<ItemPositions> positions) {
        this.area = area;
        this.blocks = blocks;
        this.positions = positions;
        area.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.C && e.isShortcutDown() && e.isShiftDown()) {
                        copyMarkdown();
                        e.consume();
                    }
                });
    }

    /// The section of the context menu.
    List<MenuItem> menuItems(TranscriptMenu.Target target) {
        List<MenuItem> items = new ArrayList<>();
        if (target.selected()) {
            items.add(item("Copy", area::copy));
            items.add(item("Copy as Markdown", this::copyMarkdown));
        }
        Item message = target.item();
        if (message != null && !markdown(message).isEmpty()) {
            items.add(item(name(message), () -> copy(message)));
        }
        items.add(item("Select all", area::selectAll));
        return items;
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = Controls.menuItem(text);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private static String name(Item item) {
        return switch (item) {
            case Item.Prompt _ -> "Copy prompt";
            case Item.Answer _ -> "Copy answer as Markdown";
            case Item.Tool _ -> "Copy tool call as Markdown";
            default -> "Copy message";
        };
    }

    /// Copies the selection as Markdown; without one, the message at the caret.
    private void copyMarkdown() {
        if (area.getSelection().getLength() > 0) {
            area.copyToClipboard(
                    SelectionMarkdown.of(
                            area.getContent(),
                            area.getSelection(),
                            positions.get(),
                            blocks.settings()));
            return;
        }
        Item item = positions.get().itemAt(area.getCurrentParagraph());
        if (item != null) {
            copy(item);
        }
    }

    /// Copies a whole message as its author wrote it.
    void copy(Item item) {
        String text = markdown(item);
        if (!text.isEmpty()) {
            area.copyToClipboard(text);
        }
    }

    private static String markdown(@Nullable Item item) {
        return switch (item) {
            case null -> "";
            case Item.Prompt p -> p.text().strip();
            case Item i -> ItemMarkdown.of(i);
        };
    }
}
