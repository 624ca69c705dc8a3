package dev.oriel.app.gallery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// What is done in the window once the turns of a [GalleryPage] are over, or its last turn waits.
/// In the page's file, each is an object with one member.
sealed interface GalleryStep {
    /// `{"keys":"Ctrl+Shift+O"}` presses keys together.
    record Keys(List<String> keys) implements GalleryStep {}

    /// `{"write":"…"}` types a text where the focus is.
    record Write(String text) implements GalleryStep {}

    /// `{"say":"…"}` sends a prompt and does not wait for an answer.
    record Say(String prompt) implements GalleryStep {}

    /// `{"draft":"…"}` puts a text into the composer.
    record Draft(String text) implements GalleryStep {}

    /// `{"press":"ID"}` presses the button, selects the choice, or opens the menu with this id. If
    /// there is none: the one with this text.
    record Press(String idOrText) implements GalleryStep {}

    /// `{"await":"ID"}` waits until the node with this id is shown.
    record Await(String id) implements GalleryStep {}

    /// `{"attach":["a.png"]}` attaches files of the session's folder.
    record Attach(List<String> files) implements GalleryStep {}

    /// `{"at":"…"}` clicks this text of the conversation; with `"menu":true` its context menu
    /// opens.
    record At(String text, boolean menu) implements GalleryStep {}

    /// `{"click":".picture"}` clicks the first node that a selector of CSS finds.
    record Click(String selector) implements GalleryStep {}

    /// `{"toast":"…"}` shows a message over the page; with `"error":true` one that stays.
    record Toast(String text, boolean error) implements GalleryStep {}

    /// `{"state":"offline"}` stops the embedded server.
    record Offline() implements GalleryStep {}

    /// `{"state":"close"}` closes the window.
    record Close() implements GalleryStep {}

    /// The step of a line, or nothing if it is of another kind.
    static Optional<GalleryStep> of(ObjectNode line) {
        String first = line.fieldNames().next();
        JsonNode value = line.path(first);
        String text = value.asText();
        return Optional.ofNullable(
                switch (first) {
                    case "keys" -> new Keys(List.of(text.split("\\+")));
                    case "write" -> new Write(text);
                    case "say" -> new Say(text);
                    case "draft" -> new Draft(text);
                    case "press" -> new Press(text);
                    case "await" -> new Await(text);
                    case "attach" -> new Attach(value.valueStream().map(JsonNode::asText).toList());
                    case "click" -> new Click(text);
                    case "at" -> new At(text, line.path("menu").asBoolean());
                    case "toast" -> new Toast(text, line.path("error").asBoolean());
                    case "state" -> text.equals("close") ? new Close() : new Offline();
                    default -> null;
                });
    }
}
