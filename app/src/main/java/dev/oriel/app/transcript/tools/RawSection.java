package dev.oriel.app.transcript.tools;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.transcript.document.ClickAction;

/// The input and the result of a call as JSON, at the end of its card. Long texts are cut there;
/// what is copied is whole.
final class RawSection {
    static final String NAME = "raw";

    private RawSection() {}

    static void write(CardScope card, CardBody body) {
        boolean open = card.isSectionOpened(NAME);
        body.toggle(open ? "Hide raw JSON" : "Raw JSON", card.toggleSection(NAME));
        if (!open) {
            return;
        }
        String input = input(card.run());
        String id = card.run().toolUseId();
        body.content().json("Input", input, new ClickAction.CopyRaw(card.seq(), id, false, input));
        ToolOutput output = card.run().output();
        if (output != null && !output.raw().isEmpty()) {
            body.content()
                    .json(
                            "Result",
                            output.raw(),
                            new ClickAction.CopyRaw(output.seq(), id, true, output.raw()));
        }
    }

    /// The input, with the members as they were received.
    static String input(ToolRun run) {
        StringBuilder json = new StringBuilder("{");
        for (ToolRun.Field f : run.fields()) {
            json.append(json.length() == 1 ? "\n  " : ",\n  ");
            json.append(quoted(f.name())).append(": ");
            json.append(f.isString() ? quoted(f.text()) : f.text().replace("\n", "\n  "));
        }
        return json.append(json.length() == 1 ? "}" : "\n}").toString();
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
