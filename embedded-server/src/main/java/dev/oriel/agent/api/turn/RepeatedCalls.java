package dev.oriel.agent.api.turn;

import java.util.List;

/// Recognizes a model that makes the same tool call again and again. Confined to one turn.
final class RepeatedCalls {
    private static final int REMIND_AT = 5;
    private static final int END_AT = 10;
    private String last = "";
    private int count;

    /// What to do after a repeated call.
    enum Advice {
        GO_ON,
        REMIND,
        END
    }

    /// @param calls the calls of one answer
    Advice add(List<ModelAnswer.Call> calls) {
        StringBuilder text = new StringBuilder();
        calls.forEach(c -> text.append(c.name()).append(c.inputText()).append('\n'));
        String now = text.toString();
        count = now.equals(last) ? count + 1 : 1;
        last = now;
        if (count >= END_AT) {
            return Advice.END;
        }
        return count == REMIND_AT ? Advice.REMIND : Advice.GO_ON;
    }
}
