package dev.oriel.app.account.view;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.account.AccountVerdict;
import dev.oriel.app.account.LocalModelServer;
import dev.oriel.app.account.LocalModelServer.LocalModel;
import dev.oriel.app.account.LocalSearch;
import dev.oriel.app.account.LocalServersState;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.controls.UntilRemoved;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import javafx.util.Subscription;

/// The programs on the server's computer that run models, with their models.
final class LocalServersView extends VBox {
    private final LocalSearch model;
    private final VBox found = new VBox(8);
    private final Button again;

    /// @param browser opens an address
    /// @param announce reads a sentence to a screen reader
    LocalServersView(LocalSearch model, Consumer<String> browser, Consumer<String> announce) {
        super(8);
        this.model = model;
        again = Parts.link("local-search", "Search again", model::search);
        VerdictView verdict = new VerdictView("local-verdict", browser, announce, null);
        getChildren().addAll(found, verdict, again);
        UntilRemoved.keep(
                this,
                Subscription.combine(
                        Subscription.combine(
                                model.state().subscribe(this::show),
                                model.place().subscribe(_ -> show(model.state().get()))),
                        model.verdict()
                                .subscribe(now -> {
                                    verdict.show(now);
                                    boolean checking = now.state() == AccountVerdict.State.CHECKING;
                                    found.setDisable(checking);
                                })));
    }

    private void show(LocalServersState state) {
        found.getChildren().clear();
        Controls.setText(again, "Search again");
        again.setDisable(state instanceof LocalServersState.Searching);
        switch (state) {
            case LocalServersState.NotSearched _ -> {
                found.getChildren().add(Parts.quiet(programs()));
                Controls.setText(again, "Search " + computer());
            }
            case LocalServersState.Searching _ -> {
                Label searching = Parts.quiet("Searching " + computer() + "…");
                searching.setId("local-searching");
                found.getChildren().add(searching);
            }
            case LocalServersState.Failed(String why) -> found.getChildren().add(Parts.text(why));
            case LocalServersState.Found(List<LocalModelServer> servers) -> {
                if (servers.isEmpty()) {
                    Label none = Parts.quiet("None was found. " + programs());
                    none.setId("local-none");
                    found.getChildren().add(none);
                }
                for (int i = 0; i < servers.size(); i++) {
                    found.getChildren().add(server(servers.get(i), i + 1));
                }
            }
        }
    }

    private String computer() {
        return model.place().get().computer();
    }

    private String programs() {
        return "Start Ollama, LM Studio, llama.cpp or vLLM on %s, then search."
                .formatted(computer());
    }

    private Node server(LocalModelServer server, int number) {
        Label name = Parts.text(server.name());
        name.getStyleClass().add("account-name");
        Label host = Parts.quiet(server.host());
        VBox box = new VBox(4, name, host);
        List<LocalModel> models = server.models();
        if (models.isEmpty()) {
            box.getChildren().add(Parts.quiet("It has no model yet. Download one, then search."));
            return box;
        }
        Button use = Controls.button("Use");
        use.setId("local-use-" + number);
        use.setMinWidth(USE_PREF_SIZE);
        use.getStyleClass().add("accent");
        if (models.size() == 1) {
            LocalModel only = models.getFirst();
            Label model = Parts.text(only.name());
            use.setAccessibleText("Use " + only.name() + " of " + server.program());
            use.setOnAction(_ -> this.model.use(server, only));
            box.getChildren().add(Parts.row(model, use));
        } else {
            ChoiceBox<LocalModel> choice = new ChoiceBox<>();
            choice.setId("local-model-" + number);
            choice.getItems().setAll(models);
            choice.setConverter(new ModelWords());
            choice.setValue(models.getFirst());
            use.setAccessibleText("Use the chosen model of " + server.program());
            use.setOnAction(_ -> this.model.use(server, choice.getValue()));
            box.getChildren()
                    .addAll(
                            Parts.row(choice, use),
                            new HiddenLabel("Model of " + server.program(), choice));
        }
        return box;
    }

    private static final class ModelWords extends StringConverter<LocalModel> {
        @Override
        public String toString(LocalModel m) {
            return m == null ? "" : m.name();
        }

        @Override
        public LocalModel fromString(String s) {
            throw new UnsupportedOperationException("not editable");
        }
    }
}
