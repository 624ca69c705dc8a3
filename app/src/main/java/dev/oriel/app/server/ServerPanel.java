package dev.oriel.app.server;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.controls.UntilRemoved;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.client.ConnectionTarget;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.util.Subscription;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The panel with the window's own server (address, start and stop, token, clients) and the
/// connection to another server.
public final class ServerPanel extends VBox {
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(2);

    private final ServerViewModel model;
    private final Consumer<String> notice;
    private final Scheduler scheduler;
    private final Runnable protocol;
    private final Runnable stop;
    private final Runnable close;
    private final Label state = Controls.label();
    private final Label address = Controls.label();
    private final Label note = Controls.label();
    private final Label clients = Controls.label();
    private final Button toggle = Controls.button();
    private final Button token = Controls.button("Copy token", new FontIcon(Feather.COPY));
    private final Button copyAddress = Controls.button("Copy address", new FontIcon(Feather.COPY));
    private final VBox other = new VBox(8);

    /// @param notice shows a short sentence to the user
    /// @param protocol shows the frames of the connection
    /// @param stop stops the server after the user has confirmed
    public ServerPanel(
            ServerViewModel model,
            Consumer<String> notice,
            Scheduler scheduler,
            Runnable protocol,
            Runnable stop,
            Runnable close) {
        this.model = model;
        this.scheduler = scheduler;
        this.notice = notice;
        this.protocol = protocol;
        this.stop = stop;
        this.close = close;
        setId("server-panel");
        setAccessibleText("Server");
        getStyleClass().add("panel");
        Label title = Controls.label("Server");
        title.getStyleClass().add("card-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button closeButton = Controls.button(null, new FontIcon(Feather.X));
        closeButton.getStyleClass().add("ghost");
        closeButton.setAccessibleText("Close");
        closeButton.setOnAction(_ -> close.run());
        HBox head = new HBox(title, space, closeButton);
        head.setAlignment(Pos.CENTER_LEFT);

        Circle dot = new Circle(4);
        dot.getStyleClass().add("dot");
        state.setGraphic(dot);
        Controls.wrapping(address).getStyleClass().add("code");
        address.setId("server-address");
        Controls.wrapping(note);
        note.getStyleClass().add("quiet");
        Controls.wrapping(clients).getStyleClass().add("quiet");
        toggle.setId("server-toggle");
        token.setOnAction(_ -> copyToken());
        copyAddress.setOnAction(_ -> copy(address.getText(), "The address was copied."));
        Label about =
                Controls.label(
                        "With the token, other programs on this computer can access the"
                                + " conversations of this server.");
        Controls.wrapping(about);
        about.getStyleClass().add("quiet");
        FlowPane copies = new FlowPane(8, 8, copyAddress, token);
        getChildren()
                .addAll(
                        head,
                        section("In this window"),
                        state,
                        address,
                        note,
                        clients,
                        toggle,
                        copies,
                        about);
        getChildren().addAll(section("Connection of this window"), other);

        UntilRemoved.keep(
                this,
                Subscription.combine(
                        model.state().subscribe(this::show),
                        model.clients().subscribe(_ -> show(model.state().get())),
                        model.remote().subscribe(_ -> onOtherChanged()),
                        model.address().subscribe(_ -> onOtherChanged()),
                        model.kind().subscribe(_ -> onOtherChanged()),
                        model.reached().subscribe(_ -> onOtherChanged()),
                        model.connectionDetail().subscribe(_ -> onOtherChanged()),
                        model.known().subscribe(_ -> onOtherChanged())));
        refreshWhileShown();
    }

    private boolean isShown(ConnectionTarget server) {
        return model.remote().get()
                && model.kind().get() == server.kind()
                && model.address().get().equals(server.address().toString());
    }

    private void reconnectTo(ConnectionTarget server) {
        ConnectForm form = new ConnectForm(model, this::showOther, close);
        other.getChildren().setAll(form);
        form.reconnectTo(server);
    }

    private static Label section(String name) {
        Label label = Controls.label(name);
        label.getStyleClass().add("section");
        return label;
    }

    /// Counts the clients periodically while the panel is shown.
    private void refreshWhileShown() {
        sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        refresh();
                    }
                });
    }

    private void refresh() {
        if (getScene() != null) {
            model.countClients();
            scheduler.schedule(REFRESH_INTERVAL, this::refresh);
        }
    }

    private void show(ServerState current) {
        boolean listening = current instanceof ServerState.Listening;
        state.getStyleClass().setAll("label", "server-state", listening ? "up" : "down");
        token.setDisable(!listening);
        copyAddress.setDisable(!listening);
        toggle.setDisable(current instanceof ServerState.Starting);
        Controls.setText(toggle, listening ? "Stop" : "Start");
        toggle.setOnAction(_ -> toggle(listening));
        Controls.setText(note, "");
        Controls.setText(address, "");
        Controls.setText(clients, "");
        switch (current) {
            case ServerState.Stopped _ -> Controls.setText(state, "Stopped");
            case ServerState.Starting _ -> Controls.setText(state, "Starting");
            case ServerState.Failed(String cause) -> {
                Controls.setText(state, "Could not start");
                Controls.setText(note, cause);
            }
            case ServerState.Listening(int port, boolean preferredPortTaken) -> {
                Controls.setText(state, "Listening");
                Controls.setText(address, "http://127.0.0.1:" + port);
                Controls.setText(
                        note,
                        preferredPortTaken
                                ? "It uses this port because its usual port was in use."
                                : "");
                int n = model.clients().get();
                Controls.setText(
                        clients,
                        n == 1
                                ? "1 connection"
                                : n + " connections, including those of this window");
            }
        }
        note.setManaged(!note.getText().isEmpty());
        address.setManaged(listening);
        clients.setManaged(listening);
    }

    private void toggle(boolean listening) {
        if (listening) {
            stop.run();
        } else {
            model.start();
        }
    }

    private void copyToken() {
        String secret = model.token();
        if (secret != null) {
            copy(secret, "The token was copied. Anyone who has it can use this server.");
        }
    }

    private void copy(String text, String confirmation) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
        notice.accept(confirmation);
    }

    /// Shows the form for another server with the values of a link.
    public void fillIn(ConnectLink link) {
        ConnectForm form = new ConnectForm(model, this::showOther, close);
        form.fillIn(link);
        other.getChildren().setAll(form);
    }

    /// Updates the section, unless the form is shown: a state change must not discard the user's
    /// input.
    private void onOtherChanged() {
        if (other.getChildren().stream().noneMatch(ConnectForm.class::isInstance)) {
            showOther();
        }
    }

    private void showOther() {
        other.getChildren().clear();
        if (model.remote().get()) {
            Label target = Controls.label(model.address().get());
            target.getStyleClass().add("code");
            Controls.wrapping(target);
            Label link = Controls.label(model.connectionDetail().get());
            link.setId("remote-link");
            Controls.wrapping(link);
            link.setMinHeight(USE_PREF_SIZE);
            link.getStyleClass().add("quiet");
            Button back = Controls.button("Use the server of this window");
            back.setId("connect-own");
            back.setOnAction(_ -> model.useOwnServer());
            other.getChildren().addAll(target, link);
            if (model.reached().get()) {
                other.getChildren().add(new CapabilityList(model.kind().get()));
            }
            other.getChildren().add(back);
        } else {
            other.getChildren().add(Controls.label("The server of this window"));
        }
        List<ConnectionTarget> known =
                model.known().get().stream().filter(server -> !isShown(server)).toList();
        if (!known.isEmpty()) {
            other.getChildren().add(new KnownServersList(known, this::reconnectTo, model::forget));
        }
        Button connect = Controls.button("Connect to another server…", new FontIcon(Feather.LINK));
        connect.setId("connect-remote");
        connect.setOnAction(
                _ -> other.getChildren().setAll(new ConnectForm(model, this::showOther, close)));
        Button log = Controls.button("Protocol log…", new FontIcon(Feather.ACTIVITY));
        log.setId("open-protocol");
        log.setOnAction(_ -> protocol.run());
        other.getChildren().addAll(connect, log);
    }
}
