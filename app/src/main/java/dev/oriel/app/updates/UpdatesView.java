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

/// A card under the page that asks whether to look for new versions, or tells of one. It takes
/// neither the focus nor anything of the page's from sight: who does not care goes on typing.
public final class UpdatesView extends VBox {
    /// That of the field where one writes.
    private static final double WIDTH = 760;

    private static final double NOTES_HEIGHT = 160;

    private final UpdatesViewModel model;

    /// @param say hears what the card says, for who cannot see it
    public UpdatesView(UpdatesViewModel model, Consumer<String> say) {
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
                            say.accept("May Oriel look for new versions? A card asks.");
                        }
                        case UpdateState.Available newer -> {
                            getChildren().setAll(news(newer));
                            say.accept("Oriel " + newer.newest().version() + " is out.");
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
                "May Oriel look for new versions?",
                new Words(
                        "It would read a list of versions, once a day, and tell you of a newer one."
                                + " Nothing is installed, and nothing is said about you. You can"
                                + " change this in Settings."),
                no,
                yes);
    }

    private Node news(UpdateState.Available newer) {
        Release newest = newer.newest();
        Button page = button("Download page", "updates-page", () -> model.openPage(newest.page()));
        page.getStyleClass().add("accent");
        Button not = button("Skip this version", "updates-skip", () -> model.skip(newest));
        Words notes = new Words(newer.notes());
        notes.setMaxHeight(NOTES_HEIGHT);
        notes.setAccessibleText("What is new");
        return card(
                Feather.GIFT,
                "Oriel " + newest.version() + " is out, since " + newest.date(),
                notes,
                not,
                page);
    }

    private Node card(Feather icon, String title, Node content, Button... answers) {
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
        FlowPane row = new FlowPane(8, 8, answers);
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

    private static Button button(String words, String id, Runnable action) {
        Button button = Controls.button(words);
        button.setId(id);
        button.setOnAction(_ -> action.run());
        return button;
    }

    /// A text that is as high as it has to be, and scrolls where there is less room.
    private static final class Words extends ScrollPane {
        private static final double LEAST = 40;
        private final Label label;

        Words(String words) {
            label = Controls.label(words);
            Controls.wrapping(label);
            label.setMinHeight(USE_PREF_SIZE);
            label.setId("updates-notes");
            setContent(label);
            setFitToWidth(true);
            setHbarPolicy(ScrollBarPolicy.NEVER);
            setMinHeight(LEAST);
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
