package dev.oriel.app.server;

import dev.oriel.app.controls.Controls;
import dev.oriel.client.Capability;
import dev.oriel.client.ServerKind;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows which capabilities a kind of server has.
final class CapabilityList extends VBox {
    CapabilityList(ServerKind kind) {
        super(8);
        setId("abilities");
        Label name = Controls.label(kind.label());
        name.setId("remote-kind");
        GridPane all = new GridPane(16, 2);
        int n = 0;
        for (Capability capability : Capability.values()) {
            boolean supported = kind.supports(capability);
            Label line =
                    Controls.label(
                            capability.label(),
                            new FontIcon(supported ? Feather.CHECK : Feather.MINUS));
            line.getStyleClass().add(supported ? "can" : "quiet");
            line.setAccessibleText(capability.label() + (supported ? ": yes" : ": no"));
            all.add(line, n % 2, n / 2);
            n++;
        }
        getChildren().addAll(name, all);
    }
}
