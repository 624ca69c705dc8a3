package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.transcript.document.ClickAction;
import java.util.Set;

/// A part of a file that was read, with line numbers.
final class ReadCard implements ToolCard {
    @Override
    public void write(CardScope card, CardBody body) {
        ToolRun run = card.run();
        String path = ToolPath.of(run);
        if (!path.isEmpty()) {
            body.toggle("Open file", new ClickAction.OpenFile(path));
        }
        FieldsCard.writeFields(card, body, Set.of("offset", "limit"));
        if (run.output() != null && run.output().detail() instanceof ToolDetail.FileRead file) {
            body.content().file(file.path(), file.firstLine(), run.output().text());
            body.images(run.output());
        } else {
            body.output();
        }
    }

    @Override
    public String facts(ToolRun run) {
        if (run.output() == null
                || !(run.output().detail() instanceof ToolDetail.FileRead file)
                || file.lines() == 0) {
            return "";
        }
        int last = file.firstLine() + file.lines() - 1;
        if (file.firstLine() > 1 || last < file.totalLines()) {
            return "lines %,d–%,d of %,d".formatted(file.firstLine(), last, file.totalLines());
        }
        return file.lines() == 1 ? "1 line" : "%,d lines".formatted(file.lines());
    }
}
