package dev.oriel.app.updates;

import dev.oriel.app.access.SilentIcon;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A card over the page that asks whether to look for new versions, or tells of one. It takes
/// neither the focus nor the page: who does not care goes on typing.
public final class UpdatesView extends VBox {
    private static final double WIDTH = 440;
    private static final double NOTES_HEIGHT = 160;

    private final UpdatesViewModel model;

    /// @param say hears what the card says, for who cannot see it
    public UpdatesView(UpdatesViewModel model, Consumer<String> say) {
        this.model = model;
        getStyleClass().add("toasts");
        setPickOnBounds(false);
        setAlignment(Pos.BOTTOM_CENTER);
        model.state()
                .subscribe(now -> {
                    switch (now) {
                        case UpdateState.Quiet _ -> getChildren().clear();
                        case UpdateState.MayWeLook _ -> {
                            getChildren().setAll(question());
                            say.accept("May Oriel look for new versions? A card asks.");
                        }
                        case UpdateState.Newer newer -> {
                            getChildren().setAll(news(newer));
                            say.accept("Oriel " + newer.newest().version() + " is out.");
                        }
                    }
                });
    }

    private Node question() {
        Button yes = button("Once a day", "updates-yes", () -> model.answer(true));
        yes.getStyleClass().add("accent");
        Button no = button("No", "updates-no", () -> model.answer(false));
        return card(
                Feather.REFRESH_CW,
                "May Oriel look for new versions?",
                text(
                        "It would read a list of versions, once a day, and tell you of a newer one."
                                + " Nothing is installed, and nothing is said about you. You can"
                                + " change this in Settings."),
                no,
                yes);
    }

    private Node news(UpdateState.Newer newer) {
        Release newest = newer.newest();
        Button page =
                button(
                        "Open the download page",
                        "updates-page",
                        () -> model.openPage(newest.page()));
        page.getStyleClass().add("accent");
        Button not = button("Skip this version", "updates-skip", () -> model.leaveOut(newest));
        Label notes = text(newer.notes());
        notes.setId("updates-notes");
        ScrollPane scroll = new ScrollPane(notes);
        scroll.setFitToWidth(true);
        scroll.setMaxHeight(NOTES_HEIGHT);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setAccessibleText("What is new");
        scroll.getStyleClass().add("sheet-scroll");
        return card(
                Feather.GIFT,
                "Oriel " + newest.version() + " is out, since " + newest.date(),
                scroll,
                not,
                page);
    }

    private Node card(Feather icon, String title, Node content, Button... answers) {
        Label head = new Label(title);
        head.setId("updates-title");
        head.getStyleClass().add("update-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button close = button("", "updates-close", model::dismiss);
        close.setGraphic(new FontIcon(Feather.X));
        close.getStyleClass().add("ghost");
        close.setAccessibleText("Dismiss");
        HBox top = new HBox(8, new SilentIcon(icon), head, space, close);
        top.setAlignment(Pos.CENTER_LEFT);
        HBox row = new HBox(8, answers);
        row.setAlignment(Pos.CENTER_RIGHT);
        VBox card = new VBox(8, top, content, row);
        card.setId("updates");
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(title);
        card.setMaxSize(WIDTH, USE_PREF_SIZE);
        card.getStyleClass().addAll("toast", "update");
        return card;
    }

    private static Button button(String words, String id, Runnable action) {
        Button button = new Button(words);
        button.setId(id);
        button.setOnAction(_ -> action.run());
        return button;
    }

    private static Label text(String words) {
        Label label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
