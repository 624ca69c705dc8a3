package dev.oriel.app.controls;

import dev.oriel.message.Graphemes;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// Creates controls that show text, and sets their texts. Mnemonic parsing is off in all of them,
/// so that an underscore is shown as it is, and all texts pass [ControlText].
///
/// With mnemonics on, the name of a session or file would decide which key presses a button. Also,
/// a label whose old text had an underscore and whose new text has none throws in the layout pass
/// (in JavaFX 26 `LabeledSkinBase.layoutLabelInArea` takes the substring at index -1 of the new
/// text):
///
/// ```java
/// Button b = new Button("a_b"); // shown in a scene, one pulse later:
/// b.setText("ab");              // StringIndexOutOfBoundsException in the next pulse
/// ```
public final class Controls {
    private Controls() {}

    public static Label label() {
        return label(null);
    }

    public static Label label(@Nullable String text) {
        return label(text, null);
    }

    public static Label label(@Nullable String text, @Nullable Node graphic) {
        return create(new MeasuredLabel(), text, graphic);
    }

    public static Button button() {
        return button(null);
    }

    public static Button button(@Nullable String text) {
        return button(text, null);
    }

    public static Button button(@Nullable String text, @Nullable Node graphic) {
        return create(new Button(), text, graphic);
    }

    public static ToggleButton toggleButton(String text) {
        return create(new ToggleButton(), text, null);
    }

    public static CheckBox checkBox(String text) {
        return create(new MeasuredCheckBox(), text, null);
    }

    public static RadioButton radioButton(String text) {
        return create(new MeasuredRadioButton(), text, null);
    }

    public static Hyperlink hyperlink(String text) {
        return create(new Hyperlink(), text, null);
    }

    public static MenuButton menuButton() {
        return create(new MenuButton(), null, null);
    }

    public static MenuItem menuItem(String text) {
        return menuItem(text, null);
    }

    public static MenuItem menuItem(String text, @Nullable Node graphic) {
        return create(new MenuItem(), text, graphic);
    }

    public static RadioMenuItem radioMenuItem(String text) {
        return create(new RadioMenuItem(), text, null);
    }

    public static Tooltip tooltip() {
        return tooltip(null);
    }

    public static Tooltip tooltip(@Nullable String text) {
        Tooltip tooltip = new Tooltip();
        // Without wrapping, a long text would be wider than the screen.
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(640);
        tooltip.skinProperty()
                .subscribe(skin -> {
                    if (skin != null && skin.getNode() instanceof Labeled labeled) {
                        TextRuns.apply(labeled);
                        labeled.textProperty().addListener(_ -> TextRuns.apply(labeled));
                    }
                });
        setText(tooltip, text);
        return tooltip;
    }

    public static Text textNode(String text) {
        Text node = new Text();
        setText(node, text);
        return node;
    }

    /// Wraps the text where it needs several lines, and makes the control as high as they are.
    public static <T extends Labeled> T wrapping(T labeled) {
        labeled.setWrapText(true);
        labeled.setMinHeight(Region.USE_PREF_SIZE);
        return labeled;
    }

    /// Turns mnemonic parsing off in a control of another class.
    public static <T extends Labeled> T withoutMnemonics(T labeled) {
        labeled.setMnemonicParsing(false);
        // The skin creates the nodes that show the text.
        labeled.skinProperty().addListener(_ -> TextRuns.apply(labeled));
        return labeled;
    }

    private static <T extends Labeled> T create(
            T labeled, @Nullable String text, @Nullable Node graphic) {
        withoutMnemonics(labeled).setGraphic(graphic);
        setText(labeled, text);
        return labeled;
    }

    private static <T extends MenuItem> T create(T item, String text, @Nullable Node graphic) {
        item.setMnemonicParsing(false);
        item.setGraphic(graphic);
        setText(item, text);
        return item;
    }

    /// Sets the text.
    public static void setText(Labeled labeled, @Nullable String text) {
        EmojiText.setText(labeled, shown(text));
    }

    /// Sets the text as one line: line breaks become spaces.
    public static void setLine(Labeled labeled, @Nullable String text) {
        EmojiText.setText(labeled, text == null ? null : ControlText.singleLine(text));
    }

    public static void setText(MenuItem item, @Nullable String text) {
        EmojiText.setText(
                item,
                text == null ? null : ControlText.singleLine(text),
                item::setText,
                item::getText);
    }

    public static void setText(Tooltip tooltip, @Nullable String text) {
        EmojiText.setText(
                tooltip,
                text == null ? null : Graphemes.truncate(ControlText.of(text), 2_000),
                tooltip::setText,
                tooltip::getText);
    }

    public static void setText(Text node, String text) {
        String shown = ControlText.of(text);
        if (TextRuns.isDivided(shown)) {
            TextRuns.apply(node);
        }
        EmojiText.setText(node, shown, node::setText, node::getText);
    }

    /// Sets the text to the value, now and after every change.
    public static void bindText(Labeled labeled, ObservableValue<String> text) {
        text.subscribe(now -> setText(labeled, now));
    }

    public static void bindText(Tooltip tooltip, ObservableValue<String> text) {
        text.subscribe(now -> setText(tooltip, now));
    }

    private static @Nullable String shown(@Nullable String text) {
        return text == null ? null : ControlText.of(text);
    }
}
