package dev.oriel.app.settings;

import dev.oriel.app.composer.SendKey;
import dev.oriel.app.controls.Controls;
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

/// The settings, each counting at once.
public final class SettingsView extends VBox {

    /// @param ofSystem the setting that the system keeps
    public SettingsView(SettingsViewModel model, Node ofSystem, Runnable close) {
        setId("settings");
        setAccessibleText("Settings");
        getStyleClass().add("panel");
        Label title = Controls.label("Settings");
        title.getStyleClass().add("card-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button shut = Controls.button(null, new FontIcon(Feather.X));
        shut.getStyleClass().add("ghost");
        shut.setAccessibleText("Close");
        shut.setOnAction(_ -> close.run());
        HBox head = new HBox(title, space, shut);
        head.setAlignment(Pos.CENTER_LEFT);
        Settings now = model.current();

        ChoiceBox<ThemeChoice> theme =
                choice(
                        ThemeChoice.values(),
                        ThemeChoice::label,
                        now.theme(),
                        t -> model.update(s -> s.withTheme(t)));
        theme.setId("setting-theme");
        Slider size = new Slider(Settings.MIN_TEXT_SIZE, Settings.MAX_TEXT_SIZE, now.textSize());
        size.setBlockIncrement(1);
        size.setMajorTickUnit(1);
        size.setMinorTickCount(0);
        size.setSnapToTicks(true);
        Label pixels = Controls.label(now.textSize() + " px");
        pixels.setMinWidth(44);
        HBox.setHgrow(size, Priority.ALWAYS);
        size.valueProperty()
                .subscribe(
                        v -> model.update(s -> s.withTextSize((int) Math.round(v.doubleValue()))));
        model.settings()
                .subscribe(s -> {
                    Controls.setText(pixels, s.textSize() + " px");
                    if (!size.isValueChanging()) {
                        size.setValue(s.textSize());
                    }
                });
        HBox sizeRow = new HBox(8, size, pixels);
        sizeRow.setAlignment(Pos.CENTER_LEFT);
        CheckBox still = Controls.checkBox("Reduced motion");
        still.setSelected(now.reducedMotion());
        still.selectedProperty().subscribe(on -> model.update(s -> s.withReducedMotion(on)));

        ChoiceBox<SendKey> send =
                choice(
                        SendKey.values(),
                        k -> k.label() + " sends",
                        now.sendKey(),
                        k -> model.update(s -> s.withSendKey(k)));
        TextField folder =
                text(
                        now.defaultFolder(),
                        "Home folder",
                        v -> model.update(s -> s.withDefaultFolder(v)));
        TextField cli =
                text(now.cliPath(), "Found by itself", v -> model.update(s -> s.withCliPath(v)));
        ChoiceBox<UpdateChoice> updates =
                choice(
                        UpdateChoice.values(),
                        UpdateChoice::label,
                        now.updates(),
                        c -> model.update(s -> s.withUpdates(c)));
        updates.setId("setting-updates");
        CheckBox bypass = Controls.checkBox("Offer the Bypass mode");
        bypass.setId("setting-bypass");
        bypass.setSelected(now.allowBypass());
        bypass.selectedProperty().subscribe(on -> model.update(s -> s.withAllowBypass(on)));
        getChildren()
                .addAll(
                        head,
                        section("Appearance"),
                        row("Theme", theme),
                        row("Text size", sizeRow, size),
                        still,
                        section("Chat"),
                        row("Send key", send),
                        row("Folder of new sessions", folder),
                        section("Claude"),
                        row("Path of the claude program", cli),
                        bypass,
                        quiet(
                                "Bypass is a mode in which Claude never asks. Other programs that"
                                        + " use this server could choose it too."),
                        quiet("Both count from the next start of the server in this window."),
                        section("This computer"),
                        ofSystem,
                        row("Look for new versions", updates),
                        section("Other servers"));
        way(model);
    }

    private void way(SettingsViewModel model) {
        NetworkSettings now = model.current().network();
        getChildren()
                .addAll(
                        row(
                                "Proxy",
                                text(
                                        now.proxy(),
                                        "As the system; or host:port, or none",
                                        v -> way(model, w -> w.withProxy(v)))),
                        row(
                                "Authorities to trust",
                                text(
                                        now.authorities(),
                                        "The usual ones; or a PEM file",
                                        v -> way(model, w -> w.withAuthorities(v)))),
                        row(
                                "Client certificate",
                                text(
                                        now.identity(),
                                        "None; or a PKCS#12 file",
                                        v -> way(model, w -> w.withIdentity(v)))),
                        row(
                                "File with its password",
                                text(
                                        now.identityPassword(),
                                        "None",
                                        v -> way(model, w -> w.withIdentityPassword(v)))),
                        quiet("These count from the next connection to another server."));
    }

    private static void way(SettingsViewModel model, UnaryOperator<NetworkSettings> by) {
        model.update(s -> s.withNetwork(by.apply(s.network())));
    }

    private static Label section(String name) {
        Label label = Controls.label(name);
        label.getStyleClass().add("section");
        return label;
    }

    private static Label quiet(String words) {
        Label label = Controls.label(words);
        Controls.wrapping(label);
        // Else a low window takes it all but its first line.
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add("quiet");
        return label;
    }

    private static VBox row(String name, Node control) {
        return row(name, control, control);
    }

    /// @param named what the label is the name of, somewhere in what is shown
    private static VBox row(String name, Node shown, Node named) {
        Label label = Controls.label(name);
        label.setLabelFor(named);
        return new VBox(4, label, shown);
    }

    private static TextField text(String now, String prompt, Consumer<String> changed) {
        TextField field = new TextField(now);
        field.setPromptText(prompt);
        field.textProperty().subscribe(v -> changed.accept(v.strip()));
        return field;
    }

    private static <E extends Enum<E>> ChoiceBox<E> choice(
            E[] all, Function<E, String> label, E now, Consumer<E> chosen) {
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
                        throw new UnsupportedOperationException("it is never typed");
                    }
                });
        box.setValue(now);
        box.valueProperty().subscribe(chosen);
        return box;
    }
}
