package dev.oriel.app.asks.view;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.text.EscapedText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// An address that an MCP server asks the user to visit. It is shown whole, with its host in a
/// separate sentence, because text before an `@` looks like a host. Only web pages can be opened.
final class UrlView extends VBox {
    UrlView(String url, Consumer<String> browser) {
        super(8);
        String shown = EscapedText.of(url);
        URI page = page(url);
        TextField address = new TextField(shown);
        address.setEditable(false);
        address.setId("ask-address");
        Button copy = Controls.button("Copy");
        copy.setId("ask-copy");
        copy.setAccessibleText("Copy the address");
        copy.setOnAction(_ -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(shown);
            Clipboard.getSystemClipboard().setContent(content);
            Controls.setText(copy, "Copied");
        });
        FlowPane row = new FlowPane(8, 4, copy);
        Label where =
                Controls.label(
                        page == null
                                ? "This is not a web page, so it cannot be opened here."
                                : "It opens " + EscapedText.of(page.getHost()) + ".");
        Controls.wrapping(where);
        where.setMinHeight(USE_PREF_SIZE);
        where.getStyleClass().add(page == null ? "ask-outside" : "ask-purpose");
        if (page != null) {
            Button open = Controls.button("Open in browser");
            open.setId("ask-open");
            open.getStyleClass().add("answer");
            open.setOnAction(_ -> browser.accept(page.toASCIIString()));
            row.getChildren().add(open);
        }
        getChildren().addAll(where, address, row, new HiddenLabel("Address to visit", address));
    }

    /// The address as a URI; null if it is not a web page.
    static @Nullable URI page(String url) {
        try {
            URI uri = new URI(url);
            boolean web =
                    "https".equalsIgnoreCase(uri.getScheme())
                            || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
