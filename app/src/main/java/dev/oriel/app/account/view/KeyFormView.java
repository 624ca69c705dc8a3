package dev.oriel.app.account.view;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.account.AccountVerdict;
import dev.oriel.app.account.KeyForm;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.controls.UntilRemoved;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The form that adds an account. A key that is pasted is tried at once.
final class KeyFormView extends VBox {
    private final KeyForm model;
    private final KeyField key = new KeyField("account-key", "sk-ant-…");
    private final TextField url = new TextField();
    private final TextField name = new TextField();
    private final TextField modelName = new TextField();
    private final HeaderRows headers;
    private final Button add = Controls.button("Check and add");
    private final Button more = Controls.button();
    private boolean clearing;
    private final VBox further = new VBox(8);
    private final HBox keyRow = Parts.row(key);
    private final VerdictView verdict;

    /// @param browser opens an address
    /// @param announce reads a sentence to a screen reader
    KeyFormView(KeyForm model, Consumer<String> browser, Consumer<String> announce) {
        super(8);
        this.model = model;
        headers = new HeaderRows(this::submit, this::edited);
        url.setId("account-url");
        url.setPromptText("https://gateway.example.org");
        modelName.setId("account-model");
        modelName.setPromptText("The server’s choice");
        name.setId("account-name");
        name.setPromptText("For example Work");
        key.setOnPasted(this::submit);
        key.setOnAction(_ -> submit());
        url.setOnAction(_ -> submit());
        name.setOnAction(_ -> submit());
        modelName.setOnAction(_ -> submit());
        modelName.textProperty().subscribe((_, _) -> edited());
        key.textProperty().subscribe((_, _) -> edited());
        url.textProperty().subscribe((_, _) -> edited());
        add.setId("account-submit");
        add.getStyleClass().add("accent");
        add.setMinWidth(USE_PREF_SIZE);
        add.setOnAction(_ -> submit());
        more.setId("account-more");
        more.getStyleClass().addAll("link", "fold");
        more.setOnAction(_ -> unfold(!further.isVisible()));
        further.getChildren()
                .addAll(
                        Parts.named("Address of a gateway", url),
                        Parts.named("Further headers", headers),
                        Parts.named("Model (optional)", modelName),
                        Parts.named("Name of the account (optional)", name));
        verdict =
                new VerdictView(
                        "account-verdict", browser, announce, () -> model.addUntried(entry()));
        getChildren().addAll(keyRow, new HiddenLabel("API key", key));
        unfold(false);
        UntilRemoved.keep(
                this,
                model.verdict()
                        .subscribe(now -> {
                            verdict.show(now);
                            boolean checking = now.state() == AccountVerdict.State.CHECKING;
                            Controls.setText(add, checking ? "Checking…" : "Check and add");
                            add.setDisable(checking);
                        }));
    }

    /// What is found stands below the field that was used last, so that no field moves.
    private void unfold(boolean open) {
        Parts.show(further, open);
        Controls.setText(more, "A gateway, or further headers");
        more.setGraphic(new FontIcon(open ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT));
        more.setAccessibleText("A gateway, or further headers, " + (open ? "shown" : "hidden"));
        keyRow.getChildren().remove(add);
        getChildren().removeAll(verdict, more, further, add);
        if (open) {
            getChildren().addAll(more, further, add, verdict);
            url.requestFocus();
        } else {
            keyRow.getChildren().add(add);
            getChildren().addAll(verdict, more, further);
        }
    }

    private KeyForm.Entry entry() {
        return further.isVisible()
                ? new KeyForm.Entry(
                        key.key(), text(url), headers.headers(), text(modelName), text(name))
                : KeyForm.Entry.ofKey(key.key());
    }

    private static String text(TextField field) {
        return Objects.toString(field.getText(), "");
    }

    private void submit() {
        if (!add.isDisabled()) {
            model.submit(entry());
        }
    }

    private void edited() {
        // What was found stays when the fields are emptied.
        if (!clearing) {
            model.edited();
        }
    }

    /// The account was added: nothing of it stays here.
    void clear() {
        clearing = true;
        key.setText("");
        url.setText("");
        name.setText("");
        modelName.setText("");
        headers.clear();
        unfold(false);
        clearing = false;
    }
}
