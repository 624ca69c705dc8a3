package dev.oriel.app.account.view;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.account.AccountVerdict;
import dev.oriel.app.controls.Controls;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What was found when an account was tried: an icon and a sentence, and what can be done.
final class VerdictView extends HBox {
    private final Label text = Parts.text("");
    private final Label next = Parts.quiet("");
    private final FlowPane actions = new FlowPane(16, 4);
    private final VBox words = new VBox(2, text, next, actions);
    private final Consumer<String> browser;
    private final Consumer<String> announce;
    private final @Nullable Runnable keep;
    private AccountVerdict shown = AccountVerdict.NONE;

    /// @param id of the sentence
    /// @param browser opens an address
    /// @param announce reads a sentence to a screen reader
    /// @param keep keeps the account although it does not work; null if there is no such choice
    VerdictView(
            String id,
            Consumer<String> browser,
            Consumer<String> announce,
            @Nullable Runnable keep) {
        super(8);
        this.browser = browser;
        this.announce = announce;
        this.keep = keep;
        text.setId(id);
        HBox.setHgrow(words, Priority.ALWAYS);
        show(AccountVerdict.NONE);
    }

    /// Shows a verdict, and reads it if it is another one.
    void show(AccountVerdict verdict) {
        boolean known = verdict.equals(shown);
        shown = verdict;
        Parts.show(this, verdict.state() != AccountVerdict.State.NONE);
        getStyleClass()
                .setAll("verdict", "verdict-" + verdict.state().name().toLowerCase(Locale.ROOT));
        DecorativeIcon icon =
                new DecorativeIcon(
                        switch (verdict.state()) {
                            case WORKS -> Feather.CHECK_CIRCLE;
                            case FAILED -> Feather.ALERT_CIRCLE;
                            case CHECKING, NONE -> Feather.CLOCK;
                        });
        getChildren().setAll(icon, words);
        Controls.setText(text, verdict.text());
        Controls.setText(next, verdict.nextStep());
        Parts.show(next, !verdict.nextStep().isEmpty());
        actions.getChildren().clear();
        String page = verdict.page();
        if (page != null) {
            Button open =
                    Parts.link(
                            "account-open-page",
                            page.equals(AccountVerdict.BILLING_PAGE)
                                    ? "Open billing"
                                    : "Open the page of your keys",
                            () -> browser.accept(page));
            open.setAccessibleHelp(page);
            actions.getChildren().add(open);
        }
        if (keep != null && verdict.usable() && verdict.state() == AccountVerdict.State.FAILED) {
            actions.getChildren().add(Parts.link("account-keep", "Add it anyway", keep));
        }
        Parts.show(actions, !actions.getChildren().isEmpty());
        if (!known) {
            announce.accept(verdict.spoken());
        }
    }
}
