package dev.oriel.app.updates;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.controls.Controls;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A card below the page that asks whether to check for new versions, or shows a newer one. It does
/// not take the focus and covers nothing, so that it does not interrupt the user's typing.
public final class UpdatesView extends VBox {
    /// The width of the composer.
    private static final double WIDTH = 760;

    private static final double NOTES_HEIGHT = 160;

    private final UpdatesViewModel model;

    /// @param announcer receives the card's text for screen readers
    public UpdatesView(UpdatesViewModel model, Consumer<String> announcer) {
        this.model = model;
        getStyleClass().add("updates");
        setAlignment(Pos.BOTTOM_CENTER);
        model.state()
                .subscribe(now -> {
                    setVisible(!(now instanceof UpdateState.None));
                    setManaged(isVisible());
                    switch (now) {
                        case UpdateState.None _ -> getChildren().clear();
                        case UpdateState.AskPermission _ -> {
                            getChildren().setAll(question());
                            announcer.accept("May Oriel check for new versions? A card asks.");
                        }
                        case UpdateState.Available newer -> {
                            getChildren().setAll(announcement(newer));
                            announcer.accept(
                                    "Oriel " + newer.newest().version() + " was released.");
                        }
                    }
                });
    }

    private Node question() {
        Button yes = button("Once a day", "updates-yes", () -> model.setAllowed(true));
        yes.getStyleClass().add("accent");
        Button no = button("No", "updates-no", () -> model.setAllowed(false));
        return card(
                Feather.REFRESH_CW,
                "May Oriel check for new versions?",
                new ScrollableText(
                        "Once a day it would download a list of versions and show you a newer one."
                                + " It installs nothing and sends no information about you. You"
                                + " can change this in Settings."),
                no,
                yes);
    }

    private Node announcement(UpdateState.Available newer) {
        Release newest = newer.newest();
        Button page = button("Download page", "updates-page", () -> model.openPage(newest.page()));
        page.getStyleClass().add("accent");
        Button skip = button("Skip this version", "updates-skip", () -> model.skip(newest));
        ScrollableText notes = new ScrollableText(newer.notes());
        notes.setMaxHeight(NOTES_HEIGHT);
        notes.setAccessibleText("Release notes");
        return card(
                Feather.GIFT,
                "Oriel " + newest.version() + " was released on " + newest.date(),
                notes,
                skip,
                page);
    }

    private Node card(Feather icon, String title, Node content, Button... buttons) {
        Label head = Controls.label(title);
        head.setId("updates-title");
        head.getStyleClass().add("update-title");
        Controls.wrapping(head);
        head.setMinHeight(USE_PREF_SIZE);
        head.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(head, Priority.ALWAYS);
        Button close = button("", "updates-close", model::dismiss);
        close.setGraphic(new FontIcon(Feather.X));
        close.getStyleClass().add("ghost");
        close.setAccessibleText("Dismiss");
        close.setMinWidth(USE_PREF_SIZE);
        HBox top = new HBox(8, new DecorativeIcon(icon), head, close);
        top.setAlignment(Pos.CENTER_LEFT);
        FlowPane row = new FlowPane(8, 8, buttons);
        row.setMinHeight(USE_PREF_SIZE);
        row.setAlignment(Pos.CENTER_RIGHT);
        VBox card = new VBox(8, top, content, row);
        card.setId("updates");
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(title);
        card.setMaxWidth(WIDTH);
        card.getStyleClass().addAll("toast", "update");
        return card;
    }

    private static Button button(String text, String id, Runnable action) {
        Button button = Controls.button(text);
        button.setId(id);
        button.setOnAction(_ -> action.run());
        return button;
    }

    /// A text that is as high as its content and scrolls if there is less space.
    private static final class ScrollableText extends ScrollPane {
        private static final double MIN_HEIGHT = 40;
        private final Label label;

        ScrollableText(String text) {
            label = Controls.label(text);
            Controls.wrapping(label);
            label.setMinHeight(USE_PREF_SIZE);
            label.setId("updates-notes");
            setContent(label);
            setFitToWidth(true);
            setHbarPolicy(ScrollBarPolicy.NEVER);
            setMinHeight(MIN_HEIGHT);
            getStyleClass().add("sheet-scroll");
        }

        @Override
        public Orientation getContentBias() {
            return Orientation.HORIZONTAL;
        }

        @Override
        protected double computePrefHeight(double width) {
            return Math.ceil(label.prefHeight(width)) + snappedTopInset() + snappedBottomInset();
        }
    }
}
