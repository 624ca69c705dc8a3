package dev.oriel.app.window;

import dev.oriel.app.account.AccountText;
import dev.oriel.app.account.AccountsState;
import dev.oriel.app.account.AccountsViewModel;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.shell.AccountNames;
import dev.oriel.app.shell.PageHeader;
import dev.oriel.client.account.AccountInfo;
import javafx.scene.control.Label;

/// Says in the header which account answers in the open session.
final class AccountBadge extends Label {
    private static final double MIN_WIDTH = 60;

    private final AccountsViewModel accounts;
    private PageHeader page;

    AccountBadge(AccountsViewModel accounts, PageHeader page) {
        this.accounts = accounts;
        this.page = page;
        Controls.withoutMnemonics(this);
        setId("account-badge");
        setMinWidth(MIN_WIDTH);
        accounts.state().subscribe(_ -> show());
    }

    void show(PageHeader now) {
        page = now;
        show();
    }

    private void show() {
        AccountInfo account = accounts.find(page.account());
        boolean removed =
                page.account() != null
                        && account == null
                        && accounts.state().get() instanceof AccountsState.Known;
        getStyleClass().setAll("label", "account-badge");
        if (removed) {
            getStyleClass().add("account-removed");
        }
        setVisible(account != null || removed);
        setManaged(isVisible());
        if (account != null) {
            String host = AccountNames.host(account.baseUrl());
            Controls.setLine(this, AccountNames.name(account));
            String where = "Answers come from " + host;
            String lacks = AccountText.lacks(account.lacks());
            String all = where + (lacks.isEmpty() ? "." : ", which has no " + lacks + ".");
            setTooltip(Controls.tooltip(all));
            setAccessibleText("Account: " + AccountNames.name(account) + ". " + all);
        } else if (removed) {
            Controls.setLine(this, "Account removed");
            String all =
                    "The account of this session was removed. Start a new session with another"
                            + " one.";
            setTooltip(Controls.tooltip(all));
            setAccessibleText("Account removed. " + all);
        }
    }
}
