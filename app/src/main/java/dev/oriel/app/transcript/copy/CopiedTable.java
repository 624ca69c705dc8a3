package dev.oriel.app.transcript.copy;

import dev.oriel.app.transcript.copy.ParagraphsWriter.Part;
import dev.oriel.app.transcript.document.ParagraphStyle;
import java.util.ArrayList;
import java.util.List;

/// Writes rows of a table as a table of whole rows. Its first row becomes the header, because
/// Markdown has no table without one. A part of a single row is only text.
final class CopiedTable {
    private CopiedTable() {}

    static String write(List<Part> lines) {
        if (lines.size() == 1 && !lines.getFirst().isWhole()) {
            return lines.getFirst().inline().replace('\t', ' ').strip();
        }
        List<String> rows = new ArrayList<>();
        for (Part line : lines) {
            ParagraphStyle style = line.paragraph().getParagraphStyle();
            String source = style.copyText();
            // All lines of a row have its source. It is taken once.
            boolean isRest = style.continuation() && !rows.isEmpty();
            if (source != null && !isRest && !isRule(source)) {
                rows.add(source.strip());
            }
        }
        if (rows.isEmpty()) {
            return "";
        }
        String head = rows.getFirst();
        boolean isHeader = head.indexOf('\n') > 0;
        rows.set(0, isHeader ? head : head + "\n|" + "---|".repeat(columns(head)));
        return String.join("\n", rows);
    }

    private static boolean isRule(String row) {
        return row.matches("[|:\\s-]+") && row.contains("-");
    }

    private static int columns(String row) {
        String inner = row.replaceAll("^\\||(?<!\\\\)\\|$", "");
        return inner.split("(?<!\\\\)\\|", -1).length;
    }
}
