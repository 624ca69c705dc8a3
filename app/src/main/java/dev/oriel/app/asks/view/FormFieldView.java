package dev.oriel.app.asks.view;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.asks.AskDraft;
import dev.oriel.app.asks.request.Elicitation;
import dev.oriel.app.asks.request.FieldValidation;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.text.EscapedText;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// One field of a form with its label, and under it what is wrong with its value. An error is shown
/// once the user has left the field or tried to send the form, not while they type.
final class FormFieldView extends VBox {
    private final AskDraft draft;
    private final Elicitation.Field field;
    private final int number;
    private final Runnable submit;
    private final String caption;
    private final Label error = Controls.label("", new DecorativeIcon(Feather.ALERT_CIRCLE));
    private final Control first;
    private boolean checked;

    /// @param number the field's position, which identifies its value in the draft
    /// @param submit sends the form
    FormFieldView(AskDraft draft, Elicitation.Field field, int number, Runnable submit) {
        super(4);
        this.draft = draft;
        this.field = field;
        this.number = number;
        this.submit = submit;
        boolean needed = field.required() || field.type() == Elicitation.Type.BOOLEAN;
        caption = EscapedText.of(field.label()) + (needed ? "" : " (optional)");
        first =
                switch (field.type()) {
                    case BOOLEAN -> checkBox();
                    case CHOICE -> radioButtons();
                    case CHOICES -> checkBoxes();
                    case TEXT, NUMBER, INTEGER -> textField();
                };
        first.setId("ask-field-" + number);
        error.getStyleClass().add("ask-wrong");
        Controls.wrapping(error);
        getChildren().add(error);
        show();
    }

    /// The value as it is kept in the draft.
    String value() {
        return draft.text(number, field.initial());
    }

    Elicitation.Field field() {
        return field;
    }

    /// Shows what is wrong with the value.
    ///
    /// @return whether the value is valid
    boolean validate() {
        checked = true;
        return show() == null;
    }

    /// The control that takes the focus.
    Control first() {
        return first;
    }

    private @Nullable String show() {
        String problem = FieldValidation.problem(field, value());
        boolean shown = checked && problem != null;
        Controls.setText(error, shown ? problem : "");
        error.setVisible(shown);
        error.setManaged(shown);
        String more = EscapedText.of(field.description());
        first.setAccessibleHelp(
                shown ? (problem + " " + more).strip() : more.isEmpty() ? null : more);
        return problem;
    }

    private void entered(String value) {
        draft.setText(number, value);
        show();
    }

    private Control textField() {
        TextField text = new TextField(value());
        text.textProperty().addListener((_, _, now) -> entered(now));
        text.focusedProperty()
                .addListener((_, _, on) -> {
                    if (!on && !value().isBlank()) {
                        checked = true;
                        show();
                    }
                });
        text.setOnAction(_ -> submit.run());
        label().setLabelFor(text);
        addDescription();
        getChildren().add(text);
        return text;
    }

    private Control checkBox() {
        CheckBox check = Controls.checkBox(caption);
        Controls.wrapping(check);
        check.setSelected(value().equals("true"));
        check.selectedProperty().addListener((_, _, on) -> entered(String.valueOf(on)));
        getChildren().add(check);
        addDescription();
        return check;
    }

    private Control radioButtons() {
        label();
        addDescription();
        ToggleGroup group = new ToggleGroup();
        Control top = null;
        for (Elicitation.Choice choice : field.choices()) {
            RadioButton button = radio(EscapedText.of(choice.label()), choice.value(), group);
            top = top == null ? button : top;
        }
        if (!field.required()) {
            radio("No answer", "", group); // one that was chosen can be taken back
        }
        return top == null ? Controls.label() : top;
    }

    private RadioButton radio(String label, String value, ToggleGroup group) {
        RadioButton button = Controls.radioButton(label);
        Controls.wrapping(button);
        button.setAccessibleText(caption + ": " + label);
        button.setToggleGroup(group);
        button.setSelected(value().equals(value));
        button.selectedProperty()
                .addListener((_, _, on) -> {
                    if (on) {
                        entered(value);
                    }
                });
        getChildren().add(button);
        return button;
    }

    private Control checkBoxes() {
        label();
        addDescription();
        Control top = null;
        for (Elicitation.Choice choice : field.choices()) {
            String label = EscapedText.of(choice.label());
            CheckBox check = Controls.checkBox(label);
            Controls.wrapping(check);
            check.setAccessibleText(caption + ": " + label);
            check.setSelected(chosen().contains(choice.value()));
            check.selectedProperty().addListener((_, _, on) -> choose(choice.value(), on));
            getChildren().add(check);
            top = top == null ? check : top;
        }
        return top == null ? Controls.label() : top;
    }

    private void choose(String value, boolean on) {
        Set<String> now = chosen();
        if (on) {
            now.add(value);
        } else {
            now.remove(value);
        }
        entered(String.join(Elicitation.SEPARATOR, now));
    }

    private Set<String> chosen() {
        Set<String> chosen =
                new LinkedHashSet<>(Arrays.asList(value().split(Elicitation.SEPARATOR)));
        chosen.remove("");
        return chosen;
    }

    private Label label() {
        Label label = Controls.label(caption);
        Controls.wrapping(label);
        label.setMinHeight(USE_PREF_SIZE);
        getChildren().add(label);
        return label;
    }

    private void addDescription() {
        if (!field.description().isEmpty()) {
            Label description = Controls.label(EscapedText.of(field.description()));
            Controls.wrapping(description);
            description.setMinHeight(USE_PREF_SIZE);
            description.getStyleClass().add("ask-purpose");
            getChildren().add(description);
        }
    }
}
