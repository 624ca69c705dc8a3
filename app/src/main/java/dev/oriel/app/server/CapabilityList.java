package dev.oriel.app.server;

import dev.oriel.app.controls.Controls;
import dev.oriel.client.Capability;
import dev.oriel.client.ServerKind;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What a kind of server can do, and what it cannot.
final class CapabilityList extends VBox {
    CapabilityList(ServerKind kind) {
        super(8);
        setId("abilities");
        Label name = Controls.label(kind.label());
        name.setId("remote-kind");
        GridPane all = new GridPane(16, 2);
        int n = 0;
        for (Capability one : Capability.values()) {
            boolean can = kind.supports(one);
            Label line =
                    Controls.label(one.label(), new FontIcon(can ? Feather.CHECK : Feather.MINUS));
            line.getStyleClass().add(can ? "can" : "quiet");
            line.setAccessibleText(one.label() + (can ? ": yes" : ": no"));
            all.add(line, n % 2, n / 2);
            n++;
        }
        getChildren().addAll(name, all);
    }
}
