package dev.oriel.app.settings;

import dev.oriel.app.composer.SendKey;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.controls.UntilRemoved;
import dev.oriel.app.reading.DetailLevel;
import dev.oriel.app.reading.DiffLayout;
import dev.oriel.app.reading.LongLines;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The panel with the settings. Every change takes effect immediately, unless a text in the panel
/// says otherwise.
public final class SettingsView extends VBox {

    /// @param loginItem the control of the setting that the operating system stores
    /// @param showAccounts shows the accounts of the Messages API
    public SettingsView(
            SettingsViewModel model, Node loginItem, Runnable showAccounts, Runnable close) {
        setId("settings");
        setAccessibleText("Settings");
        getStyleClass().add("panel");
        Label title = Controls.label("Settings");
        title.getStyleClass().add("card-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button closeButton = Controls.button(null, new FontIcon(Feather.X));
        closeButton.getStyleClass().add("ghost");
        closeButton.setAccessibleText("Close");
        closeButton.setOnAction(_ -> close.run());
        HBox head = new HBox(title, space, closeButton);
        head.setAlignment(Pos.CENTER_LEFT);
        Settings current = model.current();

        ChoiceBox<ThemeChoice> theme =
                choice(
                        ThemeChoice.values(),
                        ThemeChoice::label,
                        current.theme(),
                        t -> model.update(s -> s.withTheme(t)));
        theme.setId("setting-theme");
        Slider size =
                new Slider(Settings.MIN_TEXT_SIZE, Settings.MAX_TEXT_SIZE, current.textSize());
        size.setBlockIncrement(1);
        size.setMajorTickUnit(1);
        size.setMinorTickCount(0);
        size.setSnapToTicks(true);
        Label pixels = Controls.label(current.textSize() + " px");
        pixels.setMinWidth(44);
        HBox.setHgrow(size, Priority.ALWAYS);
        size.valueProperty()
                .subscribe(
                        v -> model.update(s -> s.withTextSize((int) Math.round(v.doubleValue()))));
        UntilRemoved.keep(
                this,
                model.settings()
                        .subscribe(s -> {
                            Controls.setText(pixels, s.textSize() + " px");
                            if (!size.isValueChanging()) {
                                size.setValue(s.textSize());
                            }
                        }));
        HBox sizeRow = new HBox(8, size, pixels);
        sizeRow.setAlignment(Pos.CENTER_LEFT);
        CheckBox reducedMotion = Controls.checkBox("Reduced motion");
        reducedMotion.setSelected(current.reducedMotion());
        reducedMotion
                .selectedProperty()
                .subscribe(on -> model.update(s -> s.withReducedMotion(on)));

        ChoiceBox<SendKey> send =
                choice(
                        SendKey.values(),
                        k -> k.label() + " sends",
                        current.sendKey(),
                        k -> model.update(s -> s.withSendKey(k)));
        ChoiceBox<DetailLevel> detail =
                choice(
                        DetailLevel.values(),
                        DetailLevel::label,
                        current.reading().detail(),
                        c -> model.update(s -> s.withReading(s.reading().withDetail(c))));
        detail.setId("setting-detail");
        ChoiceBox<LongLines> longLines =
                choice(
                        LongLines.values(),
                        LongLines::label,
                        current.reading().longLines(),
                        c -> model.update(s -> s.withReading(s.reading().withLongLines(c))));
        longLines.setId("setting-long-lines");
        ChoiceBox<DiffLayout> diffs =
                choice(
                        DiffLayout.values(),
                        DiffLayout::label,
                        current.reading().diffs(),
                        c -> model.update(s -> s.withReading(s.reading().withDiffs(c))));
        diffs.setId("setting-diffs");
        TextField folder =
                text(
                        current.defaultFolder(),
                        "Home folder",
                        v -> model.update(s -> s.withDefaultFolder(v)));
        TextField cli =
                text(
                        current.cliPath(),
                        "Found automatically",
                        v -> model.update(s -> s.withCliPath(v)));
        ChoiceBox<UpdateChoice> updates =
                choice(
                        UpdateChoice.values(),
                        UpdateChoice::label,
                        current.updates(),
                        c -> model.update(s -> s.withUpdates(c)));
        updates.setId("setting-updates");
        CheckBox bypass = Controls.checkBox("Offer the Bypass mode");
        bypass.setId("setting-bypass");
        bypass.setSelected(current.allowBypass());
        bypass.selectedProperty().subscribe(on -> model.update(s -> s.withAllowBypass(on)));
        CheckBox webFetch = Controls.checkBox("Let Claude ask to read web pages");
        webFetch.setId("setting-web-fetch");
        webFetch.setSelected(current.tools().webFetch());
        webFetch.selectedProperty()
                .subscribe(on -> model.update(s -> s.withTools(s.tools().withWebFetch(on))));
        CheckBox sandbox = Controls.checkBox("Run commands in a sandbox");
        sandbox.setId("setting-sandbox");
        sandbox.setSelected(current.tools().sandbox());
        sandbox.selectedProperty()
                .subscribe(on -> model.update(s -> s.withTools(s.tools().withSandbox(on))));
        Button accounts = Controls.button("Accounts…");
        accounts.setId("open-accounts");
        accounts.setAccessibleText("Accounts: API keys, gateways and local models");
        accounts.setOnAction(_ -> showAccounts.run());
        getChildren()
                .addAll(
                        head,
                        section("Appearance"),
                        row("Theme", theme),
                        row("Text size", sizeRow, size),
                        reducedMotion,
                        section("Chat"),
                        row("Send key", send),
                        row("Detail of conversations", detail),
                        row("Long lines of code", longLines),
                        row("Changes of files", diffs),
                        row("Folder for new sessions", folder),
                        section("Claude"),
                        row("API keys, gateways and local models", accounts),
                        row("Path of the claude program", cli),
                        bypass,
                        hint(
                                "In Bypass mode Claude never asks for permission. Other programs"
                                        + " that use this server can select it too."),
                        webFetch,
                        sandbox,
                        hint(
                                "These two are for sessions with an API key or a local model. The"
                                        + " sandbox is the operating system’s; a session says"
                                        + " whether it is used. Claude Code has its own"
                                        + " settings for both."),
                        hint("All four take effect when the server in this window starts again."),
                        section("This computer"),
                        loginItem,
                        row("Check for new versions", updates),
                        section("Other servers"));
        addNetworkRows(model);
    }

    private void addNetworkRows(SettingsViewModel model) {
        NetworkSettings current = model.current().network();
        getChildren()
                .addAll(
                        row(
                                "Proxy",
                                text(
                                        current.proxy(),
                                        "System proxy; or host:port, or none",
                                        v -> updateNetwork(model, n -> n.withProxy(v)))),
                        row(
                                "Trusted certificate authorities",
                                text(
                                        current.authorities(),
                                        "Default; or a PEM file",
                                        v -> updateNetwork(model, n -> n.withAuthorities(v)))),
                        row(
                                "Client certificate",
                                text(
                                        current.identity(),
                                        "None; or a PKCS#12 file",
                                        v -> updateNetwork(model, n -> n.withIdentity(v)))),
                        row(
                                "Password file of the certificate",
                                text(
                                        current.identityPassword(),
                                        "None",
                                        v -> updateNetwork(model, n -> n.withIdentityPassword(v)))),
                        hint("These take effect with the next connection to another server."));
    }

    private static void updateNetwork(
            SettingsViewModel model, UnaryOperator<NetworkSettings> change) {
        model.update(s -> s.withNetwork(change.apply(s.network())));
    }

    private static Label section(String name) {
        Label label = Controls.label(name);
        label.getStyleClass().add("section");
        return label;
    }

    private static Label hint(String text) {
        Label label = Controls.label(text);
        Controls.wrapping(label);
        // Otherwise a low window shows only the first line.
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add("quiet");
        return label;
    }

    private static VBox row(String name, Node control) {
        return row(name, control, control);
    }

    /// @param content the node shown below the label
    /// @param labelled the control that the label names, `content` or a node in it
    private static VBox row(String name, Node content, Node labelled) {
        Label label = Controls.label(name);
        Controls.wrapping(label);
        label.setMinHeight(USE_PREF_SIZE);
        label.setLabelFor(labelled);
        return new VBox(4, label, content);
    }

    private static TextField text(String current, String prompt, Consumer<String> onChange) {
        TextField field = new TextField(current);
        field.setPromptText(prompt);
        field.textProperty().subscribe(v -> onChange.accept(v.strip()));
        return field;
    }

    private static <E extends Enum<E>> ChoiceBox<E> choice(
            E[] all, Function<E, String> label, E current, Consumer<E> onChange) {
        ChoiceBox<E> box = new ChoiceBox<>();
        box.getItems().setAll(Arrays.asList(all));
        box.setMaxWidth(Double.MAX_VALUE);
        box.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(E e) {
                        return e == null ? "" : label.apply(e);
                    }

                    @Override
                    public E fromString(String s) {
                        throw new UnsupportedOperationException("not editable");
                    }
                });
        box.setValue(current);
        box.valueProperty().subscribe(onChange);
        return box;
    }
}
