package dev.oriel.app.window;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.ControlText;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.server.ServerViewModel;
import dev.oriel.app.shell.ConnectionLabel;
import dev.oriel.app.shell.PageHeader;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.WindowPage;
import dev.oriel.app.sidebar.SidebarActions;
import javafx.beans.property.BooleanProperty;
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

/// The slim line over the page: title, folder, and how the connection stands.
public final class HeaderView extends HBox {
    private static final int SHORT = 14;
    private static final double LEAST_TITLE = 90;
    private static final double LEAST_FOLDER = 72;
    private static final double ICON = 22;

    private final ShellViewModel model;
    private final SidebarActions actions;
    private final Button title = Controls.button();
    private final StackPane titlePlace = new StackPane(title);
    private final Label folder = Controls.label();
    private final Label demo = Controls.label("Demo");
    private final Label where = Controls.label();
    private final Button link = Controls.button();

    public HeaderView(
            ShellViewModel model,
            SidebarActions actions,
            ServerViewModel server,
            BooleanProperty sidebarShown) {
        this.model = model;
        this.actions = actions;
        getStyleClass().add("header");
        setAlignment(Pos.CENTER_LEFT);

        Button sidebar = Controls.button(null, new FontIcon(Feather.SIDEBAR));
        sidebar.getStyleClass().add("ghost");
        sidebar.setAccessibleText("Show or hide the sidebar");
        sidebar.setTooltip(Controls.tooltip("Sidebar  (Ctrl+B)"));
        sidebar.setOnAction(_ -> sidebarShown.set(!sidebarShown.get()));

        title.getStyleClass().add("title");
        title.setAlignment(Pos.CENTER_LEFT);
        title.setId("session-title");
        title.setTooltip(Controls.tooltip("Rename"));
        title.setOnAction(_ -> rename());
        titlePlace.setAlignment(Pos.CENTER_LEFT);
        folder.getStyleClass().add("folder");
        folder.setGraphic(new FontIcon(Feather.FOLDER));
        // A long title gives way to the folder, and a long folder to the title.
        demo.getStyleClass().add("demo-badge");
        demo.setMinWidth(USE_PREF_SIZE);
        demo.setTooltip(Controls.tooltip("Answers are scripted; nothing is sent to Claude."));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);

        link.setId("link-state");
        link.setMinWidth(USE_PREF_SIZE);
        Circle dot = new Circle(3.5);
        dot.getStyleClass().add("dot");
        link.setGraphic(dot);
        link.setOnAction(_ -> server.reconnect());
        where.setId("server-name");
        where.getStyleClass().add("folder");
        where.setGraphic(new FontIcon(Feather.SERVER));
        where.setMinWidth(ICON);
        getChildren().addAll(sidebar, titlePlace, folder, demo, space, where, link);
        server.remote().subscribe(_ -> show(server));
        server.address().subscribe(_ -> show(server));
        model.header().subscribe(this::show);
        model.connection().subscribe(this::show);
    }

    private void show(PageHeader h) {
        Controls.setLine(title, h.title());
        titlePlace.getChildren().setAll(title);
        titlePlace.setVisible(h.hasSession());
        titlePlace.setManaged(h.hasSession());
        Controls.setLine(folder, FolderPaths.shorten(h.path()));
        // Where there is no room for all, the folder keeps its sign and the title its beginning.
        title.setMinWidth(h.title().length() > SHORT ? LEAST_TITLE : USE_PREF_SIZE);
        folder.setMinWidth(folder.getText().length() > SHORT ? LEAST_FOLDER : ICON);
        folder.setTooltip(Controls.tooltip(h.path()));
        // Not every server says where it works.
        folder.setVisible(h.hasSession() && !h.path().isEmpty());
        folder.setManaged(folder.isVisible());
        demo.setVisible(h.isDemo());
        demo.setManaged(h.isDemo());
    }

    /// Which server it is, where it is not that of this window.
    private void show(ServerViewModel server) {
        boolean other = server.remote().get();
        String address = server.address().get();
        Controls.setLine(where, address.replaceFirst("^https?://", ""));
        where.setTooltip(Controls.tooltip("The server at " + address));
        where.setAccessibleText("Server: " + address);
        where.setVisible(other);
        where.setManaged(other);
    }

    private void show(ConnectionLabel words) {
        Controls.setText(link, words.isOffline() ? "Offline · Reconnect" : words.text());
        link.getStyleClass().setAll("button", "link-state", "link-" + words.style());
        link.setTooltip(Controls.tooltip(words.detail()));
        link.setAccessibleText("Connection: " + words.text() + ". " + words.detail());
        link.setMouseTransparent(!words.isOffline());
        link.setFocusTraversable(words.isOffline());
    }

    private void rename() {
        if (!(model.page().get() instanceof WindowPage.Conversation(String id))) {
            return;
        }
        TextField field = new TextField(ControlText.singleLine(model.header().get().title()));
        field.getStyleClass().add("rename");
        field.setPrefColumnCount(28);
        Runnable back = () -> titlePlace.getChildren().setAll(title);
        field.setOnAction(_ -> {
            actions.rename(id, field.getText());
            back.run();
        });
        field.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.ESCAPE) {
                        back.run();
                        e.consume();
                    }
                });
        titlePlace.getChildren().setAll(field, new HiddenLabel("New title", field));
        field.requestFocus();
        field.selectAll();
        field.focusedProperty()
                .subscribe(on -> {
                    if (!on && field.getScene() != null) {
                        back.run();
                    }
                });
    }
}
