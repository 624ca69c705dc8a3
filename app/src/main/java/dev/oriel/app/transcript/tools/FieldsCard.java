package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ToolRun;
import java.util.Set;

/// A tool without a card of its own: the members of its input, and its output as text.
final class FieldsCard implements ToolCard {
    @Override
    public void write(CardScope card, CardBody body) {
        writeFields(card, body);
        body.output();
    }

    /// The members of the input that the first line does not show.
    static void writeFields(CardScope card, CardBody body) {
        writeFields(card, body, Set.of());
    }

    /// @param omitted names of members that are shown otherwise
    static void writeFields(CardScope card, CardBody body, Set<String> omitted) {
        for (ToolRun.Field f : card.run().fields()) {
            if (!omitted.contains(f.name()) && !f.text().equals(CardHead.shownArgument(card))) {
                body.field(f.name().equals("command") ? "" : f.name().replace('_', ' '), f.text());
            }
        }
    }
}
