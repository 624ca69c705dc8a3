package dev.oriel.app.server;

import dev.oriel.app.controls.Controls;
import dev.oriel.client.ConnectionTarget;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The list of stored servers, with a button to connect to each and a button to delete it.
final class KnownServersList extends VBox {
    KnownServersList(
            List<ConnectionTarget> servers,
            Consumer<ConnectionTarget> connect,
            Consumer<ConnectionTarget> forget) {
        super(4);
        setId("known-servers");
        Label title = Controls.label("Known servers");
        title.getStyleClass().add("quiet");
        getChildren().add(title);
        servers.forEach(server -> getChildren().add(row(server, connect, forget)));
    }

    private static HBox row(
            ConnectionTarget server,
            Consumer<ConnectionTarget> connect,
            Consumer<ConnectionTarget> forget) {
        Button name = Controls.button(server.address().toString(), new FontIcon(Feather.SERVER));
        name.getStyleClass().addAll("ghost", "known-server");
        name.setAlignment(Pos.CENTER_LEFT);
        name.setMaxWidth(Double.MAX_VALUE);
        name.setTooltip(Controls.tooltip("Connect to the " + server));
        name.setAccessibleText("Connect to the " + server);
        name.setOnAction(_ -> connect.accept(server));
        HBox.setHgrow(name, Priority.ALWAYS);
        Button forgetButton = Controls.button(null, new FontIcon(Feather.X));
        forgetButton.getStyleClass().add("ghost");
        forgetButton.setTooltip(Controls.tooltip("Forget this server and its token"));
        forgetButton.setAccessibleText("Forget the " + server);
        forgetButton.setOnAction(_ -> forget.accept(server));
        HBox row = new HBox(4, name, forgetButton);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
