package dev.oriel.app.account.view;

import dev.oriel.app.account.AccountsState;
import dev.oriel.app.account.AccountsViewModel;
import dev.oriel.app.account.KeyForm;
import dev.oriel.app.account.LocalSearch;
import dev.oriel.app.controls.Controls;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.client.account.AccountList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The panel with the accounts of the Messages API, and forms to add one. Belongs to the JavaFX
/// thread.
public final class AccountsPanel extends VBox {
    private final AccountsViewModel model;
    private final ToLongFunction<String> sessions;
    private final Consumer<String> browser;
    private final Consumer<String> announce;
    private final VBox list = new VBox(12);
    private final Label store = Parts.quiet("");
    private final List<AccountCard> cards = new ArrayList<>();
    private Subscription subscription = Subscription.EMPTY;

    /// @param sessions counts the sessions that use an account, by its id
    /// @param browser opens an address
    /// @param announce reads a sentence to a screen reader
    /// @param close closes the panel
    public AccountsPanel(
            AccountsViewModel model,
            ToLongFunction<String> sessions,
            Consumer<String> browser,
            Consumer<String> announce,
            Runnable close) {
        this.model = model;
        this.sessions = sessions;
        this.browser = browser;
        this.announce = announce;
        setId("accounts-panel");
        setAccessibleText("Accounts");
        getStyleClass().add("panel");
        Label title = Controls.label("Accounts");
        title.getStyleClass().add("card-title");
        Button closeButton = Controls.button(null, new FontIcon(Feather.X));
        closeButton.getStyleClass().add("ghost");
        closeButton.setAccessibleText("Close");
        closeButton.setOnAction(_ -> close.run());
        KeyFormView[] form = new KeyFormView[1];
        form[0] = new KeyFormView(new KeyForm(model, _ -> form[0].clear()), browser, announce);
        getChildren()
                .addAll(
                        Parts.row(title, closeButton),
                        list,
                        section("Add a key or a gateway"),
                        form[0],
                        store,
                        section("Add a model on " + model.place().get().computer()),
                        new LocalServersView(new LocalSearch(model, _ -> {}), browser, announce));
        sceneProperty()
                .subscribe(scene -> {
                    subscription.unsubscribe();
                    subscription = Subscription.EMPTY;
                    if (scene != null) {
                        subscription =
                                Subscription.combine(
                                        model.state().subscribe(this::show),
                                        model.verdicts()
                                                .subscribe(_ ->
                                                        cards.forEach(AccountCard::showVerdict)));
                        model.load();
                    }
                });
    }

    private static Label section(String name) {
        Label label = Controls.label(name);
        label.getStyleClass().add("section");
        return label;
    }

    /// Shows the accounts. The button that had the focus may be replaced; its successor gets it.
    private void show(AccountsState state) {
        Node focused = getScene() == null ? null : getScene().getFocusOwner();
        boolean inside = contains(list, focused);
        String id = inside && focused != null ? focused.getId() : null;
        list.getChildren().clear();
        Controls.setText(store, "");
        switch (state) {
            case AccountsState.Unknown _, AccountsState.Loading _ -> {
                cards.clear();
                list.getChildren().add(Parts.quiet("Reading the accounts…"));
            }
            case AccountsState.Unavailable(String why) -> {
                cards.clear();
                Label reason = Parts.text(why);
                reason.setId("accounts-unavailable");
                reason.setGraphic(new FontIcon(Feather.ALERT_CIRCLE));
                reason.getStyleClass().add("account-trouble");
                list.getChildren()
                        .addAll(reason, Parts.link("accounts-again", "Try again", model::load));
            }
            case AccountsState.Known(AccountList known) -> {
                Controls.setText(store, known.keyStoreText());
                showCards(known.accounts());
            }
        }
        Parts.show(store, !store.getText().isEmpty());
        if (inside) {
            focusAgain(id);
        }
    }

    private void showCards(List<AccountInfo> accounts) {
        if (accounts.isEmpty()) {
            Label none =
                    Parts.quiet(
                            "There are no accounts yet. With one, Claude answers without the"
                                    + " claude program.");
            none.setId("accounts-none");
            list.getChildren().add(none);
        }
        // What is open in a card stays as it is as long as its account does.
        List<AccountCard> now = new ArrayList<>();
        for (AccountInfo account : accounts) {
            now.add(
                    cards.stream()
                            .filter(c -> c.account().equals(account))
                            .findFirst()
                            .orElseGet(() ->
                                    new AccountCard(model, account, sessions, browser, announce)));
        }
        cards.clear();
        cards.addAll(now);
        list.getChildren().addAll(now);
    }

    private void focusAgain(@Nullable String id) {
        applyCss();
        Node same = id == null ? null : list.lookup("#" + id);
        Node first = same == null ? lookup("#account-key") : same;
        if (first != null) {
            first.requestFocus();
        }
    }

    private static boolean contains(Node parent, @Nullable Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n.equals(parent)) {
                return true;
            }
        }
        return false;
    }
}
