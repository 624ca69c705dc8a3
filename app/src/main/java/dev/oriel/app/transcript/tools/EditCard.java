package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;

/// A change of a file, as a diff.
final class EditCard implements ToolCard {
    private static final int ROWS = 48;

    @Override
    public void write(CardScope card, CardBody body) {
        ToolRun run = card.run();
        if (!DiffRows.path(run).equals(CardHead.shownArgument(card))) {
            body.text("", DiffRows.path(run), TextStyle.of("mono", "quiet"));
        }
        List<DiffRows.Row> rows = DiffRows.rows(run);
        body.rows(rows, ROWS);
        if (run.output() != null && (rows.isEmpty() || !(run.state() instanceof ToolState.Ok))) {
            body.output();
        }
    }

    @Override
    public String facts(ToolRun run) {
        ToolOutput output = run.output();
        FileChange change = output == null ? null : output.change();
        return change == null || change.hunks().isEmpty()
                ? ""
                : "+%d −%d".formatted(change.added(), change.removed());
    }
}
