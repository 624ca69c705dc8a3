package dev.oriel.app.asks;

import java.util.List;

/// An ask as it is said to who cannot see it.
public final class SpokenAsk {
    /// Longer commands and files are heard in the panel, line by line.
    private static final int LONGEST = 400;

    private SpokenAsk() {}

    public static String of(Ask ask) {
        AskDetail detail = AskDetail.of(ask);
        return switch (ask.kind()) {
            case Ask.Kind.Questions(List<Ask.Question> questions) ->
                    questions.size() == 1
                            ? "Claude asks: " + VisibleText.of(questions.getFirst().text())
                            : "Claude has " + questions.size() + " questions.";
            case Ask.Kind.Plan _ ->
                    "Claude has a plan. "
                            + detail.question()
                            + " Alt Y approves, Alt N keeps planning.";
            case Ask.Kind.Permission _ ->
                    "Claude asks: "
                            + detail.question()
                            + " "
                            + lines(detail.lines())
                            + ". Alt Y allows it once, Alt N denies it"
                            + (ask.rule() == null ? "." : ", Alt A always allows it here.");
        };
    }

    private static String lines(List<AskDetail.Line> lines) {
        StringBuilder out = new StringBuilder();
        int said = 0;
        for (AskDetail.Line line : lines) {
            if (out.length() + line.text().length() > LONGEST) {
                break;
            }
            String mark =
                    switch (line.mark()) {
                        case ADDED -> "added: ";
                        case REMOVED -> "removed: ";
                        case PLAIN, HEADING -> "";
                    };
            out.append(out.isEmpty() ? "" : ", ").append(mark).append(line.text().strip());
            said++;
        }
        int left = lines.size() - said;
        return left == 0
                ? out.toString()
                : out + (out.isEmpty() ? "" : ", and ") + left + (left == 1 ? " line" : " lines");
    }
}
