package dev.oriel.app.mcp;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.Controls;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The form that adds an MCP server through the CLI.
final class McpForm extends VBox {
    private final McpViewModel model;
    private final TextField name = new TextField();
    private final TextField address = new TextField();
    private final TextArea secrets = new TextArea();
    private final ToggleGroup scope = new ToggleGroup();
    private final Label problem = McpPanel.text("");
    private final Button add = Controls.button("Add server");

    McpForm(McpViewModel model) {
        super(8);
        this.model = model;
        name.setId("mcp-add-name");
        name.setPromptText("Name, for example notes");
        address.setId("mcp-add-address");
        address.setPromptText("https://… or a command");
        secrets.setId("mcp-add-secrets");
        secrets.setPromptText("NAME=value, one a line (optional)");
        secrets.setPrefRowCount(2);
        List<Node> scopes = new ArrayList<>();
        for (NewMcpServer.Scope each : NewMcpServer.Scope.values()) {
            RadioButton choice = Controls.radioButton(each.words());
            choice.setWrapText(true);
            choice.setMinHeight(Region.USE_PREF_SIZE);
            choice.setId("mcp-scope-" + each.wireName());
            choice.setToggleGroup(scope);
            choice.setUserData(each);
            choice.setSelected(each == NewMcpServer.Scope.LOCAL);
            scopes.add(choice);
        }
        problem.setId("mcp-add-problem");
        problem.getStyleClass().add("mcp-error");
        show("");
        add.setId("mcp-add");
        add.getStyleClass().add("accent");
        add.setOnAction(_ -> add());
        getChildren()
                .addAll(
                        name,
                        new HiddenLabel("Name of the server", name),
                        address,
                        new HiddenLabel("Address or command", address),
                        secrets,
                        new HiddenLabel("Headers or environment variables", secrets));
        getChildren().addAll(scopes);
        getChildren()
                .addAll(
                        McpPanel.quiet(
                                "The claude CLI saves it. Before a server from this folder’s"
                                        + " .mcp.json runs, you are asked whether you trust the"
                                        + " folder. Values are sent once and not logged."),
                        problem,
                        add);
    }

    private void show(String why) {
        Controls.setText(problem, why);
        problem.setVisible(!why.isEmpty());
        problem.setManaged(!why.isEmpty());
    }

    private void add() {
        NewMcpServer server =
                new NewMcpServer(
                        name.getText(),
                        address.getText(),
                        secrets.getText(),
                        (NewMcpServer.Scope) scope.getSelectedToggle().getUserData());
        show(server.problem());
        if (!server.problem().isEmpty()) {
            return;
        }
        add.setDisable(true);
        model.add(
                server,
                () -> {
                    add.setDisable(false);
                    name.clear();
                    address.clear();
                    secrets.clear();
                },
                why -> {
                    add.setDisable(false);
                    show(why);
                });
    }
}
