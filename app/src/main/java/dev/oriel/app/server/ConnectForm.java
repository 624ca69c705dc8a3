package dev.oriel.app.server;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.controls.Controls;
import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.ServerKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The form for another server: kind, address, token.
final class ConnectForm extends VBox {
    private static final String DETECT = "Detect automatically";

    private final ServerViewModel model;
    private final Runnable done;
    private final Button cancel = Controls.button("Cancel");
    private final ChoiceBox<String> kind = new ChoiceBox<>();
    private final TextField url;
    private final PasswordField secret = new PasswordField();
    private final Label error = Controls.label();
    private final Label hint = Controls.label();
    private final Button connect = Controls.button("Connect");

    ConnectForm(ServerViewModel model, Runnable onCancel, Runnable done) {
        super(8);
        this.model = model;
        this.done = done;
        List<String> kinds = new ArrayList<>(List.of(DETECT));
        Arrays.stream(ServerKind.values()).map(ServerKind::label).forEach(kinds::add);
        kind.getItems().setAll(kinds);
        kind.setId("remote-kind-choice");
        kind.setMaxWidth(Double.MAX_VALUE);
        kind.setValue(DETECT);
        url = new TextField(model.lastAddress());
        url.setId("remote-url");
        secret.setId("remote-token");
        error.setId("remote-wrong");
        Controls.wrapping(error);
        error.getStyleClass().add("wrong");
        Controls.wrapping(hint);
        hint.getStyleClass().add("quiet");
        connect.setId("remote-connect");
        connect.getStyleClass().add("accent");
        connect.setOnAction(_ -> connect());
        url.setOnAction(_ -> connect.fire());
        secret.setOnAction(_ -> connect.fire());
        kind.addEventHandler(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.ENTER && !kind.isShowing()) {
                        connect.fire();
                        e.consume();
                    }
                });
        cancel.setId("remote-cancel");
        cancel.setOnAction(_ -> {
            model.cancelConnecting();
            onCancel.run();
        });
        error.setGraphic(new DecorativeIcon(Feather.ALERT_CIRCLE));
        Label storage = Controls.label("The token is stored in a file that only you can read.");
        Controls.wrapping(storage);
        storage.getStyleClass().add("quiet");
        kind.valueProperty().subscribe(_ -> updateHint());
        error.managedProperty().bind(error.textProperty().isNotEmpty());
        error.visibleProperty().bind(error.managedProperty());
        getChildren()
                .addAll(
                        row("Kind of server", kind),
                        hint,
                        row("Address", url),
                        row("Token", secret),
                        storage,
                        error,
                        new HBox(8, connect, cancel));
        sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        url.requestFocus();
                    }
                });
    }

    /// Names the field by a label, because a screen reader reads an accessible text instead of the
    /// field's content.
    private static VBox row(String name, Node field) {
        Label label = Controls.label(name);
        label.setLabelFor(field);
        return new VBox(4, label, field);
    }

    /// Fills in the values of a link and shows that they are from a link. The token stays empty,
    /// and the user has to start the connection.
    void fillIn(ConnectLink link) {
        ServerKind linkKind = link.kind();
        kind.setValue(linkKind == null ? DETECT : linkKind.label());
        url.setText(link.url());
        Label warning =
                Controls.label("A link filled in this form. Connect only to servers you know.");
        warning.setId("remote-from-link");
        Controls.wrapping(warning);
        warning.setMinHeight(USE_PREF_SIZE);
        getChildren().addFirst(warning);
    }

    /// Connects to a stored server with its stored token.
    void reconnectTo(ConnectionTarget server) {
        kind.setValue(server.kind().label());
        url.setText(server.address().toString());
        secret.setPromptText("The stored token");
        connect.fire();
    }

    private @Nullable ServerKind selectedKind() {
        return Arrays.stream(ServerKind.values())
                .filter(k -> k.label().equals(kind.getValue()))
                .findFirst()
                .orElse(null);
    }

    private void updateHint() {
        ServerKind selected = selectedKind();
        url.setPromptText(
                switch (selected) {
                    case null -> "https://host:6743, or ws://host:8000/ws";
                    case NATIVE -> "https://host:6743";
                    case ENHANCED -> "ws://host:8000/ws";
                    case RELAY -> "ws://host:3000/ws";
                    case ONESHOT -> "ws://host:3000/ws/claude";
                    case MANAGER -> "ws://host:8001/ws";
                });
        secret.setPromptText(
                selected != null && selected.expectsKey() ? "Key" : "Token, if required");
        Controls.setText(
                hint,
                switch (selected) {
                    case null -> "Detected by its address or its first message.";
                    case NATIVE -> "Another Oriel. Its token is in its file “token”.";
                    case ENHANCED -> "One conversation, query by query, with costs.";
                    case RELAY -> "One conversation that others can continue after you.";
                    case ONESHOT -> "Each prompt is independent; no history is kept.";
                    case MANAGER -> "Several sessions. The server reads its key from a file.";
                });
    }

    private void connect() {
        Controls.setText(error, "");
        connect.setDisable(true);
        Controls.setText(connect, "Connecting…");
        model.connectTo(
                Objects.toString(url.getText(), ""),
                Objects.toString(secret.getText(), ""),
                selectedKind(),
                problem -> {
                    connect.setDisable(false);
                    Controls.setText(connect, "Connect");
                    if (problem == null) {
                        done.run();
                    } else {
                        Controls.setText(error, problem);
                        scrollToError();
                    }
                });
    }

    /// Scrolls to the error and the button below it if the panel is higher than the window.
    private void scrollToError() {
        for (Node n = getParent(); n != null; n = n.getParent()) {
            if (n instanceof ScrollPane scroll) {
                scroll.applyCss();
                scroll.layout();
                Node content = scroll.getContent();
                double visible = scroll.getViewportBounds().getHeight();
                double hidden = content.getLayoutBounds().getHeight() - visible;
                double end =
                        content.sceneToLocal(connect.localToScene(connect.getLayoutBounds()))
                                .getMaxY();
                if (hidden > 0 && end > visible) {
                    scroll.setVvalue(Math.min(1, (end + 16 - visible) / hidden));
                }
            }
        }
    }
}
