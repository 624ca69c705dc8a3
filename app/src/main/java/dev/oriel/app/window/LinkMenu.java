package dev.oriel.app.window;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.transcript.TranscriptMenu;
import dev.oriel.app.transcript.document.ClickAction;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.MenuItem;

/// The items of the transcript's menu for a link.
public final class LinkMenu implements TranscriptMenu.Section {
    private final Consumer<String> open;
    private final Consumer<String> copy;

    /// @param open opens an address
    /// @param copy copies a text
    public LinkMenu(Consumer<String> open, Consumer<String> copy) {
        this.open = open;
        this.copy = copy;
    }

    @Override
    public List<MenuItem> items(TranscriptMenu.Target target) {
        if (!(target.action() instanceof ClickAction.OpenLink(String url))) {
            return List.of();
        }
        MenuItem openLink = Controls.menuItem("Open link");
        openLink.setOnAction(_ -> open.accept(url));
        MenuItem copyLink = Controls.menuItem("Copy link address");
        copyLink.setOnAction(_ -> copy.accept(url));
        return List.of(openLink, copyLink);
    }
}
