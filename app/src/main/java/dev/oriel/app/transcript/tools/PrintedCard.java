package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ToolOutput;

/// A tool that returns what a program printed.
final class PrintedCard implements ToolCard {
    @Override
    public void write(CardScope card, CardBody body) {
        FieldsCard.writeFields(card, body);
        ToolOutput output = card.run().output();
        if (output == null) {
            return;
        }
        if (output.text().isBlank()) {
            body.label("No output");
        } else {
            body.content().printed("Output", output.text());
        }
        body.images(output);
    }
}
