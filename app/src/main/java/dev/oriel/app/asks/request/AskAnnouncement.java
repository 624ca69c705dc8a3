package dev.oriel.app.asks.request;

import dev.oriel.app.text.EscapedText;
import dev.oriel.platform.OperatingSystem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An ask as a sentence for screen readers.
public final class AskAnnouncement {
    /// The most characters of a command or file. Longer ones are read line by line in the panel.
    private static final int LONGEST = 400;

    private AskAnnouncement() {}

    public static String of(Ask ask) {
        return of(ask, OperatingSystem.current());
    }

    /// @param system whose keys the text names
    static String of(Ask ask, OperatingSystem system) {
        AskDetail detail = AskDetail.of(ask);
        return switch (ask.kind()) {
            case Ask.Kind.Questions(List<Ask.Question> questions) ->
                    questions.size() == 1
                            ? "Claude asks: " + EscapedText.of(questions.getFirst().text())
                            : "Claude has " + questions.size() + " questions.";
            case Ask.Kind.Plan _ when !ask.canBeAllowed() ->
                    detail.question() + " " + key(AnswerKeys.DENY, system) + " keeps planning.";
            case Ask.Kind.Plan _ ->
                    "Claude has a plan. "
                            + detail.question()
                            + " "
                            + key(AnswerKeys.ALLOW, system)
                            + " approves, "
                            + key(AnswerKeys.DENY, system)
                            + " keeps planning.";
            case Elicitation form ->
                    detail.question()
                            + ": "
                            + EscapedText.of(form.message()).strip()
                            + " "
                            + key(AnswerKeys.DENY, system)
                            + " declines, Escape leaves it without an answer.";
            case Ask.Kind.Permission _ when ask.tool().equals(Ask.TRUST) ->
                    "Oriel asks: "
                            + detail.question()
                            + " "
                            + lines(detail.lines())
                            + ". "
                            + key(AnswerKeys.ALLOW, system)
                            + " trusts the folder, "
                            + key(AnswerKeys.DENY, system)
                            + " leaves it for now.";
            case Ask.Kind.Permission _ ->
                    "Claude asks: "
                            + detail.question()
                            + " "
                            + lines(detail.lines())
                            + ". "
                            + key(AnswerKeys.ALLOW, system)
                            + " allows it once, "
                            + key(AnswerKeys.DENY, system)
                            + " denies it"
                            + always(ask.rule(), system);
        };
    }

    private static String always(Ask.@Nullable Rule rule, OperatingSystem system) {
        return rule == null
                ? "."
                : ", "
                        + key(AnswerKeys.ALWAYS, system)
                        + " allows, in this session: "
                        + EscapedText.of(rule.covers())
                        + ".";
    }

    private static String key(AnswerKeys key, OperatingSystem system) {
        return key.shown(system).replace('+', ' ');
    }

    private static String lines(List<AskDetail.Line> lines) {
        StringBuilder out = new StringBuilder();
        int shown = 0;
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
            shown++;
        }
        int left = lines.size() - shown;
        return left == 0
                ? out.toString()
                : out + (out.isEmpty() ? "" : ", and ") + left + (left == 1 ? " line" : " lines");
    }
}
