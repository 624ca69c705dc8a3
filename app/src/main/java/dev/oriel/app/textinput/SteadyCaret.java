package dev.oriel.app.textinput;

import java.util.Collection;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.shape.Path;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// Shows the caret of a text input without blinking, while it has the focus and can be edited.
///
/// The toolkit blinks the caret by an animation. While any animation runs it renders 60 frames a
/// second, so an idle window would use the processor for as long as it has the focus.
final class SteadyCaret {
    private SteadyCaret() {}

    /// Replaces the visibility of the caret. Called once, after the skin has created its parts.
    ///
    /// @return whether a caret was found; if not, the toolkit's blinking must stay, or no caret
    ///   would be visible
    static boolean install(Node part, TextInputControl control) {
        // The caret has no style class; it is the one path whose opacity the skin has bound.
        if (part instanceof Path && part.opacityProperty().isBound()) {
            part.opacityProperty().unbind();
            part.opacityProperty()
                    .bind(
                            Bindings.createDoubleBinding(
                                    () -> isVisible(control) ? 1.0 : 0.0,
                                    control.focusedProperty(),
                                    control.editableProperty(),
                                    control.disabledProperty(),
                                    control.selectionProperty()));
            return true;
        }
        if (part instanceof ScrollPane scroll) {
            return install(scroll.getContent(), control);
        }
        boolean found = false;
        if (part instanceof Parent parent) {
            for (Node child : parent.getChildrenUnmodifiable()) {
                found |= install(child, control);
            }
        }
        return found;
    }

    /// The node that shows the text of a text input. The node with the prompt has a bound
    /// visibility.
    static @Nullable Text findTextNode(Collection<Node> parts) {
        for (Node part : parts) {
            if (part instanceof Text text && !text.visibleProperty().isBound()) {
                return text;
            }
            Text found =
                    part instanceof Parent parent
                            ? findTextNode(parent.getChildrenUnmodifiable())
                            : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isVisible(TextInputControl control) {
        return control.isFocused()
                && control.isEditable()
                && !control.isDisabled()
                && control.getSelection().getLength() == 0;
    }
}
