package dev.oriel.app.mcp;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.mcp.McpLogin.Visit;
import dev.oriel.app.mcp.McpLogin.Visit.Safety;
import dev.oriel.app.text.EscapedText;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/// A login to an MCP server: the page to visit, which is shown before it is opened, and a field for
/// the address to which the browser returned.
final class McpLoginView extends VBox {
    private final McpLoginViewModel model;
    private final Consumer<String> browser;
    private final Consumer<String> copy;
    private final TextField returned = new TextField();

    /// @param browser opens an address
    /// @param copy copies an address
    McpLoginView(McpLoginViewModel model, Consumer<String> browser, Consumer<String> copy) {
        super(6);
        this.model = model;
        this.browser = browser;
        this.copy = copy;
        setId("mcp-login");
        getStyleClass().add("mcp-login");
        returned.setId("mcp-login-returned");
        returned.setPromptText("http://localhost…");
        returned.setOnAction(_ -> model.finish(returned.getText()));
    }

    /// Shows a login.
    void show(McpLogin login) {
        getChildren().clear();
        switch (login) {
            case McpLogin.None _ -> returned.clear();
            case McpLogin.Starting _ -> {
                returned.clear();
                getChildren().addAll(McpPanel.quiet("Asking where you can log in…"), row(cancel()));
            }
            case Visit visit -> show(visit);
            case McpLogin.Finishing _ -> getChildren().add(McpPanel.quiet("Logging in…"));
        }
    }

    private void show(Visit visit) {
        String host = EscapedText.of(visit.host());
        Label where =
                McpPanel.text(
                        switch (visit.safety()) {
                            case SAFE -> "You log in on " + host + ":";
                            case UNENCRYPTED ->
                                    "You would log in on "
                                            + host
                                            + ", without encryption. Others on the network could"
                                            + " read it, so it is not opened here.";
                            case NO_PAGE ->
                                    "This server names no web page to log in, so it is not opened"
                                            + " here.";
                        });
        where.setId("mcp-login-where");
        if (visit.safety() != Safety.SAFE) {
            where.getStyleClass().add("mcp-error");
        }
        TextField address = new TextField(EscapedText.of(visit.address()));
        address.setEditable(false);
        address.setId("mcp-login-address");
        FlowPane actions = row();
        if (visit.safety() == Safety.SAFE) {
            Button open = Controls.button("Open in browser");
            open.setId("mcp-login-open");
            open.getStyleClass().add("accent");
            open.setOnAction(_ -> browser.accept(visit.address()));
            actions.getChildren().add(open);
        }
        Button copied = Controls.button("Copy");
        copied.setId("mcp-login-copy");
        copied.setAccessibleText("Copy the address");
        copied.setOnAction(_ -> copy.accept(visit.address()));
        actions.getChildren().addAll(copied, cancel());
        getChildren().addAll(where, address, new HiddenLabel("Page to log in", address), actions);
        if (visit.returns()) {
            addReturn(visit);
        }
    }

    private void addReturn(Visit visit) {
        Button finish = Controls.button("Finish login");
        finish.setId("mcp-login-finish");
        finish.setOnAction(_ -> model.finish(returned.getText()));
        finish.disableProperty().bind(returned.textProperty().map(String::isBlank));
        getChildren()
                .addAll(
                        McpPanel.quiet(
                                "Then the browser returns to Claude by itself. If it ends on a"
                                        + " page that does not load, paste the address of that"
                                        + " page:"),
                        returned,
                        new HiddenLabel("Address of the page that does not load", returned));
        if (!visit.problem().isEmpty()) {
            Label problem = McpPanel.text(EscapedText.of(visit.problem()));
            problem.setId("mcp-login-problem");
            problem.getStyleClass().add("mcp-error");
            getChildren().add(problem);
        }
        getChildren().add(row(finish));
    }

    private Button cancel() {
        Button cancel = Controls.button("Cancel");
        cancel.setId("mcp-login-cancel");
        cancel.setAccessibleText("Cancel the login");
        cancel.setOnAction(_ -> model.cancel());
        return cancel;
    }

    private static FlowPane row(Node... nodes) {
        return new FlowPane(8, 6, nodes);
    }
}
