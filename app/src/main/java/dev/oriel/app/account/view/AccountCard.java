package dev.oriel.app.account.view;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.account.AccountText;
import dev.oriel.app.account.AccountsViewModel;
import dev.oriel.app.controls.ControlText;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.shell.AccountNames;
import dev.oriel.client.account.AccountInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/// One account in the panel: what it is, what was found when it was tried, and what can be done.
final class AccountCard extends VBox {
    private final AccountsViewModel model;
    private final AccountInfo account;
    private final ToLongFunction<String> sessions;
    private final VerdictView verdict;
    private final FlowPane actions = new FlowPane(8, 6);

    /// What is asked in place of the actions.
    private final VBox question = new VBox(8);

    AccountCard(
            AccountsViewModel model,
            AccountInfo account,
            ToLongFunction<String> sessions,
            Consumer<String> browser,
            Consumer<String> announce) {
        super(4);
        this.model = model;
        this.account = account;
        this.sessions = sessions;
        getStyleClass().add("account-card");
        String name = AccountNames.name(account);
        setAccessibleText(name + (account.preferred() ? ", default" : ""));
        Label title = Controls.label();
        Controls.setLine(title, name);
        title.getStyleClass().add("account-name");
        title.setTooltip(Controls.tooltip(account.name()));
        title.setMinWidth(0);
        Label preferred = Controls.label("Default");
        preferred.getStyleClass().add("account-badge");
        preferred.setMinWidth(USE_PREF_SIZE);
        Parts.show(preferred, account.preferred());
        verdict = new VerdictView("account-verdict-" + account.id(), browser, announce, null);
        verdict.getStyleClass().add("in-card");
        getChildren().addAll(Parts.row(title, preferred), Parts.quiet(where()));
        String note = note();
        if (!note.isEmpty()) {
            getChildren().add(Parts.quiet(note));
        }
        getChildren().addAll(verdict, actions, question);
        Parts.show(question, false);
        addActions();
        showVerdict();
    }

    private String where() {
        String host = AccountNames.host(account.baseUrl());
        String where = AccountText.kind(account.kind()) + " · " + host;
        String key = AccountText.storedIn(account.storedIn());
        if (!key.isEmpty()) {
            where += "\nKey: " + key;
        }
        return account.defaultModel() == null
                ? where
                : where + "\nModel: " + ControlText.singleLine(account.defaultModel());
    }

    private String note() {
        StringBuilder note = new StringBuilder();
        if (account.readOnly()) {
            note.append("It is set outside of Oriel, where it can be changed. ");
        } else if (!account.hasKey() && account.auth() != AccountInfo.Auth.NONE) {
            note.append("It has no key. ");
        }
        String stored = AccountText.storedIn(account.storedIn(), model.place().get());
        if (!stored.isEmpty()) {
            note.append(stored).append(' ');
        }
        String lacks = AccountText.lacks(account.lacks());
        if (!lacks.isEmpty()) {
            note.append("Its server has no ").append(lacks).append('.');
        }
        return note.toString().strip();
    }

    private void addActions() {
        actions.getChildren().add(action("check", "Check", () -> model.check(account)));
        List<MenuItem> further = new ArrayList<>();
        if (!account.preferred()) {
            further.add(item("Make default", () -> model.makeDefault(account)));
        }
        if (!account.readOnly()) {
            further.add(item("Rename…", this::askName));
            if (account.auth() != AccountInfo.Auth.NONE) {
                further.add(item("New key…", this::askKey));
            }
            further.add(item("Remove…", this::askRemoval));
        }
        if (!further.isEmpty()) {
            MenuButton more = Controls.menuButton();
            Controls.setText(more, "More");
            more.setId("account-more-" + account.id());
            more.getStyleClass().addAll("chip", "outlined");
            more.setAccessibleText("More: " + AccountNames.name(account));
            more.getItems().setAll(further);
            actions.getChildren().add(more);
        }
    }

    private static MenuItem item(String words, Runnable action) {
        MenuItem item = Controls.menuItem(words);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private Button action(String kind, String words, Runnable action) {
        Button button = Controls.button(words);
        button.setId("account-" + kind + "-" + account.id());
        button.getStyleClass().add("account-action");
        button.setAccessibleText(words.replace("…", "") + ": " + AccountNames.name(account));
        button.setOnAction(_ -> action.run());
        return button;
    }

    private void ask(Node... content) {
        question.getChildren().setAll(content);
        Parts.show(actions, false);
        Parts.show(question, true);
        question.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                e.consume();
                endQuestion();
            }
        });
    }

    private void endQuestion() {
        question.getChildren().clear();
        Parts.show(question, false);
        Parts.show(actions, true);
        Node back = lookup("#account-more-" + account.id());
        if (back != null) {
            back.requestFocus();
        }
    }

    private Button cancel() {
        Button cancel = Controls.button("Cancel");
        cancel.setId("account-cancel");
        cancel.setOnAction(_ -> endQuestion());
        return cancel;
    }

    private void askName() {
        TextField field = new TextField(ControlText.singleLine(account.name()));
        field.setId("account-rename-field");
        Button save = Controls.button("Rename");
        save.getStyleClass().add("accent");
        Runnable done =
                () -> {
                    endQuestion();
                    model.rename(account, Objects.toString(field.getText(), ""));
                };
        save.setOnAction(_ -> done.run());
        field.setOnAction(_ -> done.run());
        ask(
                field,
                new HiddenLabel("New name of " + AccountNames.name(account), field),
                new FlowPane(8, 6, save, cancel()));
        field.requestFocus();
        field.selectAll();
    }

    private void askKey() {
        KeyField field = new KeyField("account-key-field", "New key");
        Label problem = Parts.text("");
        problem.getStyleClass().add("wrong");
        Parts.show(problem, false);
        Button save = Controls.button("Replace the key");
        save.getStyleClass().add("accent");
        Runnable done =
                () -> {
                    String why = model.replaceKey(account, field.key());
                    Controls.setText(problem, why);
                    Parts.show(problem, !why.isEmpty());
                    if (why.isEmpty()) {
                        field.setText("");
                        endQuestion();
                    }
                };
        save.setOnAction(_ -> done.run());
        field.setOnAction(_ -> done.run());
        field.setOnPasted(done);
        ask(
                field,
                new HiddenLabel("New key of " + AccountNames.name(account), field),
                problem,
                new FlowPane(8, 6, save, cancel()));
        field.requestFocus();
    }

    private void askRemoval() {
        long used = sessions.applyAsLong(account.id());
        String sessionsLeft =
                used == 0
                        ? ""
                        : used == 1
                                ? " One session uses it; Claude cannot answer there any more."
                                : " %,d sessions use it; Claude cannot answer there any more."
                                        .formatted(used);
        String key =
                account.hasKey()
                        ? "Oriel forgets the account and its key."
                        : "Oriel forgets the account.";
        Button remove = Controls.button("Remove");
        remove.setId("account-confirm-remove");
        remove.getStyleClass().add("danger");
        remove.setOnAction(_ -> {
            remove.setDisable(true);
            model.remove(account);
        });
        Button keep = cancel();
        ask(Parts.text(key + sessionsLeft), new FlowPane(8, 6, remove, keep));
        keep.requestFocus();
    }

    /// Shows what was found when it was tried.
    void showVerdict() {
        verdict.show(model.verdict(account.id()));
    }

    AccountInfo account() {
        return account;
    }
}
