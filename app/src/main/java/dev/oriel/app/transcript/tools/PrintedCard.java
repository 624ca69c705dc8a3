package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.text.TaskReport;

/// A tool that returns what a program printed, or how a command in the background goes on.
final class PrintedCard implements ToolCard {
    @Override
    public void write(CardScope card, CardBody body) {
        FieldsCard.writeFields(card, body);
        ToolOutput output = card.run().output();
        if (output == null) {
            return;
        }
        TaskReport report = TaskReport.of(output.text());
        if (report == null) {
            printed(body, "Output", output.text());
            if (output.text().isBlank()) {
                body.label("No output");
            }
        } else {
            body.prose(report.message());
            printed(body, "Output", report.output());
            printed(body, "Error output", report.errors());
            if ((report.message() + report.output() + report.errors()).isBlank()) {
                body.label("No output");
            }
        }
        body.images(output);
    }

    private static void printed(CardBody body, String label, String text) {
        if (!text.isBlank()) {
            body.content().printed(label, text);
        }
    }

    @Override
    public String facts(ToolRun run) {
        TaskReport report = run.output() == null ? null : TaskReport.of(run.output().text());
        return report == null ? "" : report.ending();
    }
}
