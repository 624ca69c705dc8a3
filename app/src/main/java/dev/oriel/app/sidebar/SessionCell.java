package dev.oriel.app.sidebar;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.Controls;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A row of the list: a heading, a hit, or a session with its title, folder, age and state.
final class SessionCell extends ListCell<SidebarRow> {
    private final SidebarViewModel model;
    private final SidebarView.DeleteConfirmation deleting;

    SessionCell(SidebarViewModel model, SidebarView.DeleteConfirmation deleting) {
        this.model = model;
        this.deleting = deleting;
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setPrefWidth(0);
        getStyleClass().add("session-cell");
    }

    @Override
    protected void updateItem(@Nullable SidebarRow row, boolean empty) {
        super.updateItem(row, empty);
        getStyleClass().removeAll("heading", "session", "hit");
        setContextMenu(null);
        setTooltip(null);
        setDisable(false);
        switch (empty ? null : row) {
            case null -> setGraphic(null);
            case SidebarRow.Heading(String title) -> {
                getStyleClass().add("heading");
                setGraphic(Controls.label(title));
                setDisable(true);
            }
            case SidebarRow.Hit hit -> {
                getStyleClass().addAll("session", "hit");
                setGraphic(SearchSnippet.render(hit));
                setAccessibleText(hit.title() + ": " + SearchSnippet.plain(hit.snippet()));
            }
            case SidebarRow.Session s -> {
                getStyleClass().add("session");
                setGraphic(session(s));
                setTooltip(Controls.tooltip(s.title() + "\n" + s.path()));
                setAccessibleText(
                        s.title() + ", " + s.folder() + ", " + s.age() + ", " + s.badge().label());
            }
        }
    }

    private Node session(SidebarRow.Session s) {
        Label title = Controls.label();
        Controls.setLine(title, s.title());
        title.getStyleClass().add("session-title");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        HBox first = new HBox(6, title);
        first.setAlignment(Pos.CENTER_LEFT);
        if (s.pinned()) {
            first.getChildren().add(new DecorativeIcon(Feather.BOOKMARK));
        }
        Button more = Controls.button(null, new FontIcon(Feather.MORE_HORIZONTAL));
        more.getStyleClass().addAll("ghost", "more");
        more.setAccessibleText("More for " + s.title());
        more.setFocusTraversable(false);
        ContextMenu menu = menu(s);
        more.setOnAction(_ -> menu.show(more, Side.BOTTOM, 0, 0));
        setContextMenu(menu);
        first.getChildren().add(more);

        Label folder = Controls.label();
        Controls.setLine(folder, s.folder());
        folder.getStyleClass().add("session-folder");
        folder.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(folder, Priority.ALWAYS);
        HBox second = new HBox(6, folder);
        second.setAlignment(Pos.CENTER_LEFT);
        second.getChildren().add(s.badge() == SessionBadge.NONE ? age(s.age()) : mark(s.badge()));
        return new VBox(1, first, second);
    }

    private static Node age(String age) {
        Label label = Controls.label(age);
        label.getStyleClass().add("session-age");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private static Node mark(SessionBadge mark) {
        Circle dot = new Circle(3.5);
        dot.getStyleClass().add("dot");
        Label label = Controls.label(mark.label(), dot);
        label.setMinWidth(USE_PREF_SIZE);
        label.getStyleClass()
                .addAll("mark", "mark-" + mark.name().toLowerCase(java.util.Locale.ROOT));
        return label;
    }

    private ContextMenu menu(SidebarRow.Session s) {
        MenuItem rename = Controls.menuItem("Rename", new FontIcon(Feather.EDIT_2));
        rename.setOnAction(_ -> rename(s));
        MenuItem pin =
                Controls.menuItem(s.pinned() ? "Unpin" : "Pin", new FontIcon(Feather.BOOKMARK));
        pin.setOnAction(_ -> model.actions().pin(s.id(), !s.pinned()));
        MenuItem delete = Controls.menuItem("Delete…", new FontIcon(Feather.TRASH_2));
        delete.setOnAction(_ -> deleting.confirm(s, () -> model.actions().delete(s.id())));
        return new ContextMenu(rename, pin, delete);
    }

    void showMenu() {
        ContextMenu menu = getContextMenu();
        if (menu != null) {
            menu.show(this, Side.BOTTOM, 16, -8);
        }
    }

    void onKey(KeyCode key) {
        if (getItem() instanceof SidebarRow.Session s) {
            if (key == KeyCode.F2) {
                rename(s);
            } else {
                deleting.confirm(s, () -> model.actions().delete(s.id()));
            }
        }
    }

    private void rename(SidebarRow.Session s) {
        TextField field = new TextField(s.title());
        field.getStyleClass().add("rename");
        Runnable restore = () -> updateItem(getItem(), isEmpty());
        field.setOnAction(_ -> {
            model.actions().rename(s.id(), field.getText());
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
        setGraphic(new StackPane(field, new HiddenLabel("New title", field)));
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
