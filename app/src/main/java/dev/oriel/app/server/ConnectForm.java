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

/// Asks for another server: kind, address, credential.
final class ConnectForm extends VBox {
    private static final String DETECT = "Detect automatically";

    private final ServerViewModel model;
    private final Runnable done;
    private final Button cancel = Controls.button("Cancel");
    private final ChoiceBox<String> kind = new ChoiceBox<>();
    private final TextField url;
    private final PasswordField secret = new PasswordField();
    private final Label wrong = Controls.label();
    private final Label hint = Controls.label();
    private final Button connect = Controls.button("Connect");

    ConnectForm(ServerViewModel model, Runnable cancelled, Runnable done) {
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
        wrong.setId("remote-wrong");
        Controls.wrapping(wrong);
        wrong.getStyleClass().add("wrong");
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
            cancelled.run();
        });
        wrong.setGraphic(new DecorativeIcon(Feather.ALERT_CIRCLE));
        Label kept = Controls.label("The token is kept in a file that only you can read.");
        Controls.wrapping(kept);
        kept.getStyleClass().add("quiet");
        kind.valueProperty().subscribe(_ -> updateHint());
        wrong.managedProperty().bind(wrong.textProperty().isNotEmpty());
        wrong.visibleProperty().bind(wrong.managedProperty());
        getChildren()
                .addAll(
                        row("Kind of server", kind),
                        hint,
                        row("Address", url),
                        row("Token", secret),
                        kept,
                        wrong,
                        new HBox(8, connect, cancel));
        sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        url.requestFocus();
                    }
                });
    }

    /// A field gets its name from a label: its accessible text would be read in place of what is
    /// written in it.
    private static VBox row(String name, Node field) {
        Label label = Controls.label(name);
        label.setLabelFor(field);
        return new VBox(4, label, field);
    }

    /// Takes over what a link says. The credential stays empty, and nothing is sent: that a person
    /// does, who is told where this comes from.
    void fillIn(ConnectLink link) {
        ServerKind named = link.kind();
        kind.setValue(named == null ? DETECT : named.label());
        url.setText(link.url());
        Label from =
                Controls.label("A link filled this in. Connect only to a server that you know.");
        from.setId("remote-from-link");
        Controls.wrapping(from);
        from.setMinHeight(USE_PREF_SIZE);
        getChildren().addFirst(from);
    }

    /// Connects to a server that was connected to before, with the token that is kept for it.
    void reconnectTo(ConnectionTarget server) {
        kind.setValue(server.kind().label());
        url.setText(server.address().toString());
        secret.setPromptText("The one that is kept");
        connect.fire();
    }

    private @Nullable ServerKind chosenKind() {
        return Arrays.stream(ServerKind.values())
                .filter(k -> k.label().equals(kind.getValue()))
                .findFirst()
                .orElse(null);
    }

    private void updateHint() {
        ServerKind now = chosenKind();
        url.setPromptText(
                switch (now) {
                    case null -> "https://host:6743, or ws://host:8000/ws";
                    case NATIVE -> "https://host:6743";
                    case ENHANCED -> "ws://host:8000/ws";
                    case RELAY -> "ws://host:3000/ws";
                    case ONESHOT -> "ws://host:3000/ws/claude";
                    case MANAGER -> "ws://host:8001/ws";
                });
        secret.setPromptText(now == ServerKind.MANAGER ? "Key" : "Token, if it wants one");
        Controls.setText(
                hint,
                switch (now) {
                    case null -> "By its address, or by what it says first.";
                    case NATIVE -> "Another Oriel. Its token stands there in the file “token”.";
                    case ENHANCED -> "One conversation, query by query, with costs.";
                    case RELAY -> "One conversation that others may go on with after you.";
                    case ONESHOT -> "Each prompt stands alone: nothing is remembered.";
                    case MANAGER -> "Several sessions. It takes the key from a file of its own.";
                });
    }

    private void connect() {
        Controls.setText(wrong, "");
        connect.setDisable(true);
        Controls.setText(connect, "Connecting…");
        model.connectTo(
                Objects.toString(url.getText(), ""),
                Objects.toString(secret.getText(), ""),
                chosenKind(),
                problem -> {
                    connect.setDisable(false);
                    Controls.setText(connect, "Connect");
                    if (problem == null) {
                        done.run();
                    } else {
                        Controls.setText(wrong, problem);
                        scrollToError();
                    }
                });
    }

    /// Scrolls to what is wrong, and to the button under it, where the panel is longer than the
    /// window.
    private void scrollToError() {
        for (Node n = getParent(); n != null; n = n.getParent()) {
            if (n instanceof ScrollPane scroll) {
                scroll.applyCss();
                scroll.layout();
                Node all = scroll.getContent();
                double shown = scroll.getViewportBounds().getHeight();
                double more = all.getLayoutBounds().getHeight() - shown;
                double end =
                        all.sceneToLocal(connect.localToScene(connect.getLayoutBounds())).getMaxY();
                if (more > 0 && end > shown) {
                    scroll.setVvalue(Math.min(1, (end + 16 - shown) / more));
                }
            }
        }
    }
}
