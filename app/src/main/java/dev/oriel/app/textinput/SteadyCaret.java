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

/// Shows a field's caret for as long as it can be written at, without a timer.
///
/// The toolkit blinks the caret by an animation, and while any animation runs it makes 60 frames a
/// second: a window in which nothing happens would use the processor for as long as it has the
/// focus.
final class SteadyCaret {
    private SteadyCaret() {}

    /// Once, when the skin has built its parts.
    ///
    /// @return whether a caret was found; where there is none the toolkit's own blinking must stay,
    ///   or no caret would be seen at all
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

    /// The node that shows the text of a field. The one that shows the prompt has its visibility
    /// bound.
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
