package dev.oriel.app.sidebar;

import dev.oriel.app.access.DisabledReason;
import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.keyboard.Shortcuts;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The sidebar: the button for a new session, the search field, the list, and buttons at its foot.
public final class SidebarView extends VBox {
    private final SidebarViewModel model;
    private final ListView<SidebarRow> list;
    private final DisabledReason newSessionReason;
    private final TextField filter = new TextField();
    private Runnable entered = () -> {};
    private Runnable chosen = () -> {};
    private boolean selecting;
    private boolean byKey;

    /// The hit that was opened last, as long as its session is open.
    private SidebarRow.@Nullable Hit opened;

    public SidebarView(SidebarViewModel model, DeleteConfirmation deleting) {
        this.model = model;
        getStyleClass().add("sidebar");

        Button begin = Controls.button("New session", new FontIcon(Feather.EDIT));
        begin.setId("new-session");
        begin.setMaxWidth(Double.MAX_VALUE);
        begin.setAlignment(Pos.CENTER_LEFT);
        begin.getStyleClass().addAll("side-action", "new-session");
        begin.setTooltip(Controls.tooltip(Shortcuts.withKeys("New session", "Shortcut+N")));
        begin.setOnAction(_ -> model.actions().newSession());

        filter.setId("filter");
        filter.setPromptText("Search sessions");
        filter.getStyleClass().add("filter");
        filter.textProperty().bindBidirectional(model.filter());
        filter.addEventFilter(KeyEvent.KEY_PRESSED, this::onFilterKey);

        list = new ListView<>(model.rows());
        list.setId("sessions");
        list.setAccessibleText("Sessions");
        list.getStyleClass().add("sessions");
        list.setCellFactory(_ -> new SessionCell(model, deleting));
        list.getSelectionModel().selectedItemProperty().subscribe(this::onSelected);
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::onListKey);
        list.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> byKey = false);
        // The list has the focus, but the menu belongs to a row.
        list.addEventHandler(
                ContextMenuEvent.CONTEXT_MENU_REQUESTED,
                e -> {
                    if (e.isKeyboardTrigger()) {
                        chosen().ifPresent(SessionCell::showMenu);
                        e.consume();
                    }
                });
        // A click on the selected hit shows it once more.
        list.setOnMouseClicked(e -> {
            if (list.getSelectionModel().getSelectedItem() instanceof SidebarRow.Hit hit
                    && hit.equals(opened)) {
                model.actions().openHit(hit);
            }
            // Also if the session was open already.
            if (e.getButton() == MouseButton.PRIMARY && list.isFocused()) {
                chosen.run();
            }
        });
        model.rows().addListener((ListChangeListener<SidebarRow>) _ -> select());
        model.current().subscribe(_ -> select());

        Label empty = Controls.label();
        Controls.bindText(empty, model.empty());
        Controls.wrapping(empty);
        empty.getStyleClass().add("sidebar-empty");
        empty.setMouseTransparent(true);
        StackPane.setAlignment(empty, Pos.TOP_LEFT);
        StackPane middle = new StackPane(list, empty);
        VBox.setVgrow(middle, Priority.ALWAYS);
        newSessionReason = new DisabledReason(begin);
        getChildren()
                .addAll(
                        newSessionReason,
                        filter,
                        new HiddenLabel("Search sessions by title, folder and messages", filter),
                        middle);
    }

    /// Why no session can be created; empty if one can.
    public StringProperty newSessionDisabledReason() {
        return newSessionReason.reasonProperty();
    }

    /// Adds a row of buttons at the foot; the first one is at the left, the others at the right.
    public void addFoot(Button... buttons) {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox foot = new HBox(4);
        foot.setAlignment(Pos.CENTER_LEFT);
        foot.getStyleClass().add("sidebar-foot");
        for (Button b : buttons) {
            if (foot.getChildren().size() == 1) {
                foot.getChildren().add(space);
            }
            foot.getChildren().add(b);
        }
        getChildren().add(foot);
    }

    private void onSelected(@Nullable SidebarRow row) {
        if (!selecting && row instanceof SidebarRow.Session s) {
            opened = null;
            model.actions().open(s.id());
        } else if (!selecting && row instanceof SidebarRow.Hit hit) {
            opened = hit;
            model.actions().openHit(hit);
        }
    }

    /// The node that takes the focus when it is moved here by keyboard.
    public Node list() {
        byKey = true;
        return list;
    }

    /// Moves the focus to the search field.
    public void focusSearch() {
        filter.requestFocus();
        filter.selectAll();
    }

    /// Whether the user goes through the list by keyboard, so that opening a session must not move
    /// the focus.
    public boolean isBrowsing() {
        return byKey && list.isFocused();
    }

    /// @param listener called after a click on a session
    public void onChosen(Runnable listener) {
        chosen = listener;
    }

    /// @param listener called after Enter was pressed in the list
    public void onEnter(Runnable listener) {
        entered = listener;
    }

    private void onFilterKey(KeyEvent e) {
        switch (e.getCode()) {
            case DOWN -> {
                byKey = true;
                list.requestFocus();
                if (list.getSelectionModel().isEmpty()) {
                    list.getSelectionModel().select(Math.min(1, model.rows().size() - 1));
                }
                e.consume();
            }
            case ESCAPE -> {
                if (!filter.getText().isEmpty()) {
                    filter.clear();
                    e.consume();
                }
            }
            default -> {
                // The text field handles it.
            }
        }
    }

    /// Up and Down skip headings; F2 and Delete are for the selected row.
    private void onListKey(KeyEvent e) {
        byKey = true;
        boolean amongHits =
                model.rows().stream().anyMatch(SidebarRow.Hit.class::isInstance)
                        && (e.getCode() == KeyCode.UP || e.getCode() == KeyCode.DOWN);
        if (e.getTarget() instanceof TextField || (amongHits && e.getCode() != KeyCode.ENTER)) {
            return;
        }
        switch (e.getCode()) {
            case UP, DOWN -> {
                model.openNeighbour(e.getCode() == KeyCode.DOWN ? 1 : -1);
                e.consume();
            }
            case ENTER -> {
                entered.run();
                e.consume();
            }
            case F2, DELETE -> {
                chosen().ifPresent(cell -> cell.onKey(e.getCode()));
                e.consume();
            }
            default -> {
                // The list handles it.
            }
        }
    }

    private Optional<SessionCell> chosen() {
        return list.lookupAll(".session-cell").stream()
                .filter(n -> n instanceof SessionCell c && c.isSelected())
                .map(SessionCell.class::cast)
                .findFirst();
    }

    private void select() {
        selecting = true;
        String id = model.current().get();
        int at = opened != null && opened.session().equals(id) ? model.rows().indexOf(opened) : -1;
        for (int i = 0; i < model.rows().size(); i++) {
            if (at < 0
                    && model.rows().get(i) instanceof SidebarRow.Session s
                    && Objects.equals(s.id(), id)) {
                at = i;
            }
        }
        if (at < 0) {
            list.getSelectionModel().clearSelection();
        } else {
            list.getSelectionModel().select(at);
        }
        selecting = false;
    }

    /// Asks the user to confirm that a session is deleted.
    @FunctionalInterface
    public interface DeleteConfirmation {
        void confirm(SidebarRow.Session session, Runnable yes);
    }
}
