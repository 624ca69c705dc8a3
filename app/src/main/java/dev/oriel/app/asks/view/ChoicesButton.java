package dev.oriel.app.asks.view;

import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.scope.AllowChoice;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.text.EscapedText;
import dev.oriel.message.Graphemes;
import java.util.List;
import javafx.geometry.Side;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A menu of what can be allowed beyond one call: each item says what is saved and where.
final class ChoicesButton extends MenuButton {
    /// The most characters of what is saved in an item; the ask shows it in full.
    private static final int ROOM = 60;

    /// @param name the text of the button
    /// @param choices some of the ask's
    ChoicesButton(String id, String name, AsksViewModel model, Ask ask, List<AllowChoice> choices) {
        Controls.withoutMnemonics(this);
        Controls.setText(this, name);
        setId(id);
        setGraphic(new FontIcon(Feather.SAVE));
        getStyleClass().add("answer");
        setMinWidth(USE_PREF_SIZE);
        // Below the button, it would cover the composer and what is below the window.
        setPopupSide(Side.TOP);
        setAccessibleText(name + ", menu");
        for (AllowChoice choice : choices) {
            MenuItem item = Controls.menuItem(text(choice));
            item.setId("choice-" + choices.indexOf(choice));
            item.setOnAction(_ -> model.allow(ask, choice));
            getItems().add(item);
        }
    }

    private static String text(AllowChoice choice) {
        String saved = EscapedText.of(String.join(", ", choice.saved()));
        return choice.title()
                + ":  "
                + Graphemes.truncate(saved, ROOM)
                + "  →  "
                + choice.scope().file();
    }
}
