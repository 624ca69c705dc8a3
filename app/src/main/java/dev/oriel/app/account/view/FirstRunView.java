package dev.oriel.app.account.view;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.account.FirstRunViewModel;
import dev.oriel.app.account.LocalServersState;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.controls.InlineCode;
import dev.oriel.app.shell.AgentChoice;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// The page of a user who has neither the `claude` CLI nor a key: three ways to an answer, and the
/// demo. Belongs to the JavaFX thread.
public final class FirstRunView extends StackPane {
    /// The width of the column, pixels.
    private static final double COLUMN = 600;

    private final FirstRunViewModel model;
    private final Consumer<String> copy;
    private final VBox cli = new VBox(8);
    private final Node localCard;
    private final VBox cards = new VBox(12);

    /// @param copy copies a text
    /// @param browser opens an address
    /// @param announce reads a sentence to a screen reader
    public FirstRunView(
            FirstRunViewModel model,
            Consumer<String> copy,
            Consumer<String> browser,
            Consumer<String> announce) {
        this.model = model;
        this.copy = copy;
        setId("first-run");
        getStyleClass().add("first-run");
        Label greeting = Parts.text("How shall Claude answer?");
        greeting.getStyleClass().add("greeting");
        greeting.setTextAlignment(TextAlignment.CENTER);
        Label lead =
                Parts.quiet("Choose one way to begin. You can add others later in the settings.");
        lead.setTextAlignment(TextAlignment.CENTER);
        VBox head = new VBox(4, greeting, lead);
        head.setAlignment(Pos.CENTER);
        KeyFormView key = new KeyFormView(model.key(), browser, announce);
        Label localTitle = Parts.text("");
        Label keyNote = Parts.quiet("");
        Node keyCard = card(Feather.KEY, "Paste an API key", keyNote, key);
        Node cliCard = card(Feather.TERMINAL, "Install Claude Code", cli);
        localCard =
                card(
                        Feather.CPU,
                        localTitle,
                        new LocalServersView(model.local(), browser, announce));
        Button demo = Parts.link("first-run-demo", "Look around with the demo", model::useDemo);
        Label note = Parts.quiet("Its answers are scripted; nothing is sent anywhere.");
        note.setMinHeight(USE_PREF_SIZE);
        FlowPane foot = new FlowPane(8, 4, demo, note);
        foot.setAlignment(Pos.CENTER);
        VBox column = new VBox(16, head, cards, foot);
        column.setMaxWidth(COLUMN);
        column.setAlignment(Pos.CENTER);
        // In a low window the page scrolls instead of being cut.
        column.setMinHeight(USE_PREF_SIZE);
        setMinHeight(USE_PREF_SIZE);
        getChildren().add(column);
        cards.getChildren().setAll(keyCard, cliCard, localCard);
        model.local()
                .place()
                .subscribe(place -> {
                    String computer = place.computer();
                    Controls.setText(
                            keyNote,
                            "From Anthropic’s console or your gateway. It is checked at once and"
                                    + " stays on %s.".formatted(computer));
                    Controls.setText(localTitle, "Use a model on " + computer);
                });
        model.cli().subscribe(this::showCli);
        model.checking().subscribe(_ -> showCli(model.cli().get()));
        model.local().state().subscribe(this::order);
        model.shown()
                .subscribe(shown -> {
                    if (!shown) {
                        key.clear();
                    }
                });
    }

    /// A model that is there already is the shortest way.
    private void order(LocalServersState state) {
        boolean first =
                state instanceof LocalServersState.Found(var servers)
                        && servers.stream().anyMatch(s -> !s.models().isEmpty());
        int at = cards.getChildren().indexOf(localCard);
        if (first != (at == 0) && !(state instanceof LocalServersState.Searching)) {
            cards.getChildren().remove(localCard);
            cards.getChildren().add(first ? 0 : cards.getChildren().size(), localCard);
        }
    }

    private void showCli(@Nullable AgentChoice choice) {
        cli.getChildren().clear();
        String status = choice == null ? "This server does not use it." : choice.status();
        cli.getChildren().add(Parts.quiet(status));
        String remedy = choice == null ? null : choice.remedy();
        FlowPane actions = new FlowPane(16, 4);
        if (remedy != null) {
            cli.getChildren().add(InlineCode.render(remedy));
            String command = InlineCode.firstCode(remedy);
            if (!command.isEmpty()) {
                Button button =
                        Parts.link(
                                "first-run-copy", "Copy the command", () -> copy.accept(command));
                button.setAccessibleHelp(command);
                actions.getChildren().add(button);
            }
        }
        boolean checking = model.checking().get();
        Button again =
                Parts.link(
                        "first-run-check", checking ? "Checking…" : "Check again", model::checkCli);
        again.setDisable(checking);
        actions.getChildren().add(again);
        cli.getChildren().add(actions);
    }

    private static Node card(Ikon icon, String title, Node... content) {
        return card(icon, Parts.text(title), content);
    }

    private static Node card(Ikon icon, Label head, Node... content) {
        head.getStyleClass().add("way-title");
        VBox body = new VBox(6, head);
        body.getChildren().addAll(content);
        HBox.setHgrow(body, Priority.ALWAYS);
        HBox card = new HBox(12, new DecorativeIcon(icon), body);
        card.getStyleClass().add("way");
        return card;
    }
}
