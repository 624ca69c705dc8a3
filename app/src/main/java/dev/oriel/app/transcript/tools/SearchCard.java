package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.text.ToolOutputText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A search for files, or for lines in files.
final class SearchCard implements ToolCard {
    /// A line of a file with its path and number, as `grep -n` prints it.
    private static final Pattern HIT = Pattern.compile("([^:\\n]+):(\\d{1,9})([:-])(.*)");

    private static final Pattern DRIVE_HIT =
            Pattern.compile("([A-Za-z]:[^:\\n]+):(\\d{1,9})([:-])(.*)");

    @Override
    public void write(CardScope card, CardBody body) {
        ToolRun run = card.run();
        FieldsCard.writeFields(card, body);
        ToolOutput output = run.output();
        if (output == null || !(run.state() instanceof ToolState.Ok)) {
            body.output();
            return;
        }
        String text = ToolOutputText.of(run, output);
        if (text.isBlank()) {
            body.label("Nothing found");
            return;
        }
        body.label("Found");
        body.content().lines(text, SearchCard::hit);
    }

    /// The place of a hit, apart from its text.
    private static CardContent.TwoParts hit(String line) {
        Matcher drive = DRIVE_HIT.matcher(line);
        Matcher hit = drive.matches() ? drive : HIT.matcher(line);
        return hit.matches()
                ? new CardContent.TwoParts(
                        hit.group(1) + ":" + hit.group(2) + hit.group(3),
                        hit.group(4),
                        hit.group(1))
                : new CardContent.TwoParts("", line, "");
    }

    @Override
    public String facts(ToolRun run) {
        if (run.output() == null
                || !(run.output().detail() instanceof ToolDetail.Found found)
                || !(run.state() instanceof ToolState.Ok)) {
            return "";
        }
        String more = found.partial() ? " or more" : "";
        String files = found.files() == 1 ? "1 file" : "%,d files".formatted(found.files());
        if (found.matches() >= 0 && found.files() == 0) {
            return found.matches() == 1
                    ? "1 line" + more
                    : "%,d lines%s".formatted(found.matches(), more);
        }
        if (found.matches() >= 0) {
            return "%,d in %s%s".formatted(found.matches(), files, more);
        }
        return files + more;
    }
}
