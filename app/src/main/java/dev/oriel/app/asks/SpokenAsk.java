package dev.oriel.app.asks;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
            case Ask.Kind.Plan _ when !ask.canBeAllowed() ->
                    detail.question() + " " + key(AnswerKeys.DENY) + " keeps planning.";
            case Ask.Kind.Plan _ ->
                    "Claude has a plan. "
                            + detail.question()
                            + " "
                            + key(AnswerKeys.ALLOW)
                            + " approves, "
                            + key(AnswerKeys.DENY)
                            + " keeps planning.";
            case Elicitation form -> detail.question() + ": " + VisibleText.of(form.message());
            case Ask.Kind.Permission _ ->
                    "Claude asks: "
                            + detail.question()
                            + " "
                            + lines(detail.lines())
                            + ". "
                            + key(AnswerKeys.ALLOW)
                            + " allows it once, "
                            + key(AnswerKeys.DENY)
                            + " denies it"
                            + always(ask.rule());
        };
    }

    private static String always(Ask.@Nullable Rule rule) {
        return rule == null
                ? "."
                : ", "
                        + key(AnswerKeys.ALWAYS)
                        + " allows, in this session: "
                        + VisibleText.of(rule.covers())
                        + ".";
    }

    private static String key(AnswerKeys key) {
        return key.shown().replace('+', ' ');
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
