package dev.oriel.app.mcp;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.mcp.McpViewModel.McpState;
import dev.oriel.app.text.EscapedText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The panel with the MCP servers of the session: states, tools and errors, and a form to add one.
public final class McpPanel extends VBox {
    private final McpViewModel model;
    private final McpLoginView login;
    private final VBox servers = new VBox(12);
    private final Set<String> opened = new HashSet<>();
    private Subscription subscription = Subscription.EMPTY;

    /// @param browser opens an address
    /// @param copy copies a text
    /// @param unsupported why servers cannot be added; empty if they can
    /// @param close closes the panel
    public McpPanel(
            McpViewModel model,
            Consumer<String> browser,
            Consumer<String> copy,
            String unsupported,
            Runnable close) {
        this.model = model;
        login = new McpLoginView(model.login(), browser, copy);
        setId("mcp-panel");
        setAccessibleText("MCP servers");
        getStyleClass().add("panel");
        Label title = Controls.label("MCP servers");
        title.getStyleClass().add("card-title");
        Button closeButton = Controls.button(null, new FontIcon(Feather.X));
        closeButton.getStyleClass().add("ghost");
        closeButton.setAccessibleText("Close");
        closeButton.setOnAction(_ -> close.run());
        getChildren().addAll(row(title, closeButton), servers);
        Label section = Controls.label("Add a server");
        section.getStyleClass().add("section");
        getChildren()
                .addAll(section, unsupported.isEmpty() ? new McpForm(model) : quiet(unsupported));
        sceneProperty()
                .subscribe(scene -> {
                    subscription.unsubscribe();
                    subscription = Subscription.EMPTY;
                    if (scene == null) {
                        model.stopWatching();
                    } else {
                        model.watch();
                        subscription =
                                Subscription.combine(
                                        model.state().subscribe(this::update),
                                        model.login().login().subscribe(_ -> showLogin()));
                    }
                });
    }

    /// Shows a changed state. The button that had the focus is replaced; its successor gets it.
    private void update(McpState state) {
        Node focused = getScene().getFocusOwner();
        String id = focused != null && hasFocus(servers) ? focused.getId() : null;
        show(state);
        if (id != null) {
            focus(id);
        }
    }

    private void show(McpState state) {
        servers.getChildren().clear();
        switch (state) {
            case McpState.NoSession _ ->
                    servers.getChildren().add(quiet("Open a session to see its MCP servers."));
            case McpState.Asking _ -> servers.getChildren().add(quiet("Asking Claude…"));
            case McpState.Unknown(String why) -> servers.getChildren().add(quiet(why));
            case McpState.NoAgent _ -> {
                Button start = Controls.button("Start Claude");
                start.setId("mcp-start");
                start.setOnAction(_ -> model.startAgent());
                servers.getChildren()
                        .addAll(
                                quiet("Claude is not running in this session, so it cannot tell."),
                                start);
            }
            case McpState.Known(List<McpServer> all) -> {
                if (all.isEmpty()) {
                    servers.getChildren()
                            .add(
                                    quiet(
                                            "This session has no MCP servers. A server gives Claude"
                                                    + " further tools."));
                }
                all.forEach(s -> servers.getChildren().add(server(s)));
            }
        }
    }

    private Node server(McpServer s) {
        Label name = Controls.label(EscapedText.of(s.name()));
        name.getStyleClass().add("mcp-name");
        Label state = Controls.label(s.state().words(), icon(s.state()));
        state.setMinWidth(USE_PREF_SIZE);
        state.getStyleClass()
                .addAll("mcp-state", "mcp-" + s.state().name().toLowerCase(Locale.ROOT));
        VBox box = new VBox(4, row(name, state));
        box.getStyleClass().add("mcp-server");
        box.setAccessibleText(s.name() + ", " + s.state().words());
        if (s.state() == McpServer.State.DISABLED) {
            if (!s.error().isEmpty()) {
                box.getChildren().add(quiet(EscapedText.of(s.error()))); // such as: not approved
            }
        } else if (!s.error().isEmpty()) {
            Label error = text(EscapedText.of(s.error()));
            error.getStyleClass().add("mcp-error");
            box.getChildren().add(error);
        }
        String where = s.address() + (s.scope().isEmpty() ? "" : "\nFrom: " + s.scope());
        box.getChildren().add(quiet(EscapedText.of(where.strip())));
        box.getChildren().add(actions(s));
        if (s.name().equals(nameOf(model.login().login().get()))) {
            box.getChildren().add(login);
        }
        if (opened.contains(s.name())) {
            s.tools().forEach(t -> box.getChildren().add(tool(t)));
        }
        return box;
    }

    /// Shows the login in the card of its server.
    private void showLogin() {
        McpLogin now = model.login().login().get();
        boolean hadFocus = login.getScene() != null && hasFocus(login);
        login.show(now);
        show(model.state().get());
        if (now instanceof McpLogin.Visit) {
            focus("mcp-login-open", "mcp-login-copy");
        } else if (hadFocus) {
            focus("mcp-login-cancel", "mcp-add-name");
        }
    }

    private static boolean hasFocus(Node parent) {
        for (Node n = parent.getScene().getFocusOwner(); n != null; n = n.getParent()) {
            if (n.equals(parent)) {
                return true;
            }
        }
        return false;
    }

    /// Gives the focus to the first of these controls that there is.
    private void focus(String... ids) {
        applyCss();
        for (String id : ids) {
            Node found = lookup("#" + id);
            if (found != null) {
                found.requestFocus();
                return;
            }
        }
    }

    private static String nameOf(McpLogin login) {
        return switch (login) {
            case McpLogin.None _ -> "";
            case McpLogin.Starting(String server) -> server;
            case McpLogin.Visit visit -> visit.server();
            case McpLogin.Finishing(McpLogin.Visit visit) -> visit.server();
        };
    }

    private Node actions(McpServer s) {
        FlowPane actions = new FlowPane(8, 6);
        if (!s.tools().isEmpty()) {
            boolean open = opened.contains(s.name());
            int n = s.tools().size();
            actions.getChildren()
                    .add(
                            action(
                                    "tools",
                                    s,
                                    (open ? "Hide " : "Show ") + n + (n == 1 ? " tool" : " tools"),
                                    () -> {
                                        if (!opened.remove(s.name())) {
                                            opened.add(s.name());
                                        }
                                        show(model.state().get());
                                        refocus("tools", s);
                                    }));
        }
        if (s.state() == McpServer.State.NEEDS_LOGIN) {
            actions.getChildren().add(action("login", s, "Log in…", () -> model.login().start(s)));
        }
        if (s.state() != McpServer.State.DISABLED && s.state() != McpServer.State.PENDING) {
            actions.getChildren()
                    .add(action("reconnect", s, "Reconnect", () -> model.reconnect(s)));
        }
        boolean on = s.state() != McpServer.State.DISABLED;
        actions.getChildren()
                .add(
                        action(
                                "toggle",
                                s,
                                on ? "Turn off" : "Turn on",
                                () -> model.setEnabled(s, !on)));
        if (s.loggable() && s.state() == McpServer.State.CONNECTED) {
            actions.getChildren()
                    .add(action("logout", s, "Log out", () -> model.login().logOut(s)));
        }
        return actions;
    }

    /// The button that was pressed was replaced; the new one gets the focus.
    private void refocus(String kind, McpServer s) {
        focus("mcp-" + kind + "-" + s.name());
    }

    private static Button action(String kind, McpServer s, String words, Runnable action) {
        Button button = Controls.button(words);
        button.setId("mcp-" + kind + "-" + s.name());
        button.getStyleClass().add("mcp-action");
        button.setAccessibleText(words + ": " + s.name());
        button.setOnAction(_ -> action.run());
        return button;
    }

    private static Node tool(McpServer.Tool t) {
        Label name = Controls.label(EscapedText.of(t.name()));
        name.getStyleClass().add("code");
        Label note = Controls.label(t.note());
        note.setMinWidth(USE_PREF_SIZE);
        note.getStyleClass().add("quiet");
        VBox box = new VBox(2, row(name, note));
        if (!t.description().isEmpty()) {
            box.getChildren().add(quiet(EscapedText.of(t.description())));
        }
        box.getStyleClass().add("mcp-tool");
        return box;
    }

    private static FontIcon icon(McpServer.State state) {
        return new FontIcon(
                switch (state) {
                    case CONNECTED -> Feather.CHECK_CIRCLE;
                    case PENDING -> Feather.CLOCK;
                    case NEEDS_LOGIN -> Feather.LOCK;
                    case FAILED -> Feather.ALERT_TRIANGLE;
                    case DISABLED -> Feather.SLASH;
                    case OTHER -> Feather.HELP_CIRCLE;
                });
    }

    static Label text(String words) {
        return Controls.wrapping(Controls.label(words));
    }

    static Label quiet(String words) {
        Label label = text(words);
        label.getStyleClass().add("quiet");
        return label;
    }

    private static HBox row(Node start, Node end) {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox row = new HBox(8, start, space, end);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
