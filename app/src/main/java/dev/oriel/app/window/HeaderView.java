package dev.oriel.app.window;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.account.AccountsViewModel;
import dev.oriel.app.controls.ControlText;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.keyboard.Shortcuts;
import dev.oriel.app.server.ServerViewModel;
import dev.oriel.app.shell.ConnectionLabel;
import dev.oriel.app.shell.PageHeader;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.WindowPage;
import dev.oriel.app.sidebar.SidebarActions;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Circle;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The header over the page: title, folder, server and the status of the connection.
public final class HeaderView extends HBox {
    /// A text up to this length, characters, is never cut.
    private static final int SHORT_TEXT = 14;

    private static final double MIN_TITLE_WIDTH = 90;
    private static final double MIN_FOLDER_WIDTH = 72;
    private static final double ICON_WIDTH = 22;

    private final ShellViewModel model;
    private final SidebarActions actions;
    private final Button title = Controls.button();
    private final StackPane titlePane = new StackPane(title);
    private final Label folder = Controls.label();
    private final Label demo = Controls.label("Demo");
    private final AccountBadge account;
    private final Label serverName = Controls.label();
    private final Button mcp = Controls.button(null, new FontIcon(Feather.TOOL));
    private final Button link = Controls.button();

    /// @param showMcp shows the MCP servers of the session
    public HeaderView(
            ShellViewModel model,
            SidebarActions actions,
            ServerViewModel server,
            AccountsViewModel accounts,
            Runnable showMcp,
            SidebarVisibility sidebarShown) {
        this.model = model;
        this.actions = actions;
        account = new AccountBadge(accounts, model.header().get());
        getStyleClass().add("header");
        setAlignment(Pos.CENTER_LEFT);

        Button sidebar = Controls.button(null, new FontIcon(Feather.SIDEBAR));
        sidebar.getStyleClass().add("ghost");
        sidebar.setAccessibleText("Show or hide the sidebar");
        sidebar.setTooltip(Controls.tooltip(Shortcuts.withKeys("Sidebar", "Shortcut+B")));
        sidebar.setOnAction(_ -> sidebarShown.toggle());

        title.getStyleClass().add("title");
        title.setAlignment(Pos.CENTER_LEFT);
        title.setId("session-title");
        title.setTooltip(Controls.tooltip("Rename"));
        title.setOnAction(_ -> rename());
        titlePane.setAlignment(Pos.CENTER_LEFT);
        folder.getStyleClass().add("folder");
        folder.setGraphic(new FontIcon(Feather.FOLDER));
        demo.getStyleClass().add("demo-badge");
        demo.setMinWidth(USE_PREF_SIZE);
        demo.setTooltip(Controls.tooltip("Answers are scripted; nothing is sent to Claude."));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);

        mcp.setId("open-mcp");
        mcp.getStyleClass().add("ghost");
        mcp.setAccessibleText("MCP servers");
        mcp.setTooltip(Controls.tooltip(Shortcuts.withKeys("MCP servers", "Shortcut+Shift+P")));
        mcp.setOnAction(_ -> showMcp.run());
        link.setId("link-state");
        link.setMinWidth(USE_PREF_SIZE);
        Circle dot = new Circle(3.5);
        dot.getStyleClass().add("dot");
        link.setGraphic(dot);
        link.setOnAction(_ -> server.reconnect());
        serverName.setId("server-name");
        serverName.getStyleClass().add("folder");
        serverName.setGraphic(new FontIcon(Feather.SERVER));
        serverName.setMinWidth(ICON_WIDTH);
        getChildren()
                .addAll(sidebar, titlePane, folder, demo, account, space, mcp, serverName, link);
        server.remote().subscribe(_ -> show(server));
        server.address().subscribe(_ -> show(server));
        model.header().subscribe(this::show);
        model.connection().subscribe(this::show);
    }

    private void show(PageHeader page) {
        Controls.setLine(title, page.title());
        titlePane.getChildren().setAll(title);
        titlePane.setVisible(page.hasSession());
        titlePane.setManaged(page.hasSession());
        Controls.setLine(folder, FolderPaths.shorten(page.path()));
        // In a narrow window the title keeps its beginning and the folder its icon.
        title.setMinWidth(page.title().length() > SHORT_TEXT ? MIN_TITLE_WIDTH : USE_PREF_SIZE);
        folder.setMinWidth(folder.getText().length() > SHORT_TEXT ? MIN_FOLDER_WIDTH : ICON_WIDTH);
        folder.setTooltip(Controls.tooltip(page.path()));
        // Not every server reports the folder.
        folder.setVisible(page.hasSession() && !page.path().isEmpty());
        folder.setManaged(folder.isVisible());
        mcp.setVisible(page.hasSession() && !page.isDemo());
        mcp.setManaged(mcp.isVisible());
        demo.setVisible(page.isDemo());
        demo.setManaged(page.isDemo());
        account.show(page);
    }

    /// Names the server, unless it is that of this window.
    private void show(ServerViewModel server) {
        boolean other = server.remote().get();
        String address = server.address().get();
        Controls.setLine(serverName, address.replaceFirst("^https?://", ""));
        serverName.setTooltip(Controls.tooltip("The server at " + address));
        serverName.setAccessibleText("Server: " + address);
        serverName.setVisible(other);
        serverName.setManaged(other);
    }

    private void show(ConnectionLabel label) {
        Controls.setText(link, label.isOffline() ? "Offline · Reconnect" : label.text());
        link.getStyleClass()
                .setAll(
                        "button",
                        "link-state",
                        "link-" + label.state().name().toLowerCase(Locale.ROOT));
        link.setTooltip(Controls.tooltip(label.detail()));
        link.setAccessibleText("Connection: " + label.text() + ". " + label.detail());
        link.setMouseTransparent(!label.isOffline());
        link.setFocusTraversable(label.isOffline());
    }

    private void rename() {
        if (!(model.page().get() instanceof WindowPage.Conversation(String id))) {
            return;
        }
        TextField field = new TextField(ControlText.singleLine(model.header().get().title()));
        field.getStyleClass().add("rename");
        field.setPrefColumnCount(28);
        Runnable restore = () -> titlePane.getChildren().setAll(title);
        field.setOnAction(_ -> {
            actions.rename(id, field.getText());
            restore.run();
        });
        field.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.ESCAPE) {
                        restore.run();
                        e.consume();
                    }
                });
        titlePane.getChildren().setAll(field, new HiddenLabel("New title", field));
        field.requestFocus();
        field.selectAll();
        field.focusedProperty()
                .subscribe(on -> {
                    if (!on && field.getScene() != null) {
                        restore.run();
                    }
                });
    }
}
