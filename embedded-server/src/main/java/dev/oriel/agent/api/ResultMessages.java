package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.turn.TurnEngine;
import dev.oriel.agent.api.turn.TurnMessages;
import dev.oriel.agent.api.turn.TurnOutcome;
import dev.oriel.agent.api.turn.TurnUsage;
import dev.oriel.message.MessageType;
import dev.oriel.message.ResultSubtype;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Creates the `result` that ends a turn, with the shape of CLI 2.1.332. Pure.
final class ResultMessages {
    private ResultMessages() {}

    /// @param prompts uuids of the prompts that the turn has answered
    static ObjectNode result(
            TurnMessages messages,
            TurnEngine turn,
            TurnOutcome outcome,
            TurnUsage usage,
            Duration duration,
            List<String> prompts) {
        ObjectNode line = messages.line(MessageType.RESULT);
        switch (outcome) {
            case TurnOutcome.Completed(String text, @Nullable String reason) ->
                    start(line, ResultSubtype.SUCCESS, false, "completed")
                            .put("stop_reason", reason)
                            .put("result", text);
            case TurnOutcome.Failed failed -> failed(line, failed);
            case TurnOutcome.Interrupted(boolean inTools) -> {
                start(
                        line,
                        ResultSubtype.ERROR_DURING_EXECUTION,
                        true,
                        inTools ? "aborted_tools" : "aborted_streaming");
                line.putNull("stop_reason").putArray("errors").add("[api] interrupted by the user");
            }
        }
        line.put("duration_ms", duration.toMillis())
                .put("duration_api_ms", turn.apiTime().toMillis())
                .put("num_turns", isLocal(outcome) ? 0 : Math.max(1, turn.requests()));
        if (turn.firstToken() >= 0) {
            line.put("ttft_ms", turn.firstToken());
        }
        Double cost = usage.cost();
        if (cost != null) {
            line.put("total_cost_usd", cost);
        }
        line.set("usage", usage.turn());
        line.set("modelUsage", usage.models());
        line.set("permission_denials", turn.denials());
        prompts.forEach(line.putArray("user_message_uuids")::add);
        return line;
    }

    private static boolean isLocal(TurnOutcome outcome) {
        return outcome instanceof TurnOutcome.Completed done && done.stopReason() == null;
    }

    private static void failed(ObjectNode line, TurnOutcome.Failed failed) {
        if (failed.terminalReason().equals("max_turns")) {
            start(line, "error_max_turns", true, "max_turns");
            line.putNull("stop_reason").putArray("errors").add(failed.text());
            return;
        }
        start(line, ResultSubtype.SUCCESS, true, failed.terminalReason())
                .put("stop_reason", failed.stopReason())
                .put("result", failed.text());
        if (failed.status() > 0) {
            line.put("api_error_status", failed.status());
        }
    }

    private static ObjectNode start(
            ObjectNode line, String subtype, boolean isError, String terminalReason) {
        return line.put("subtype", subtype)
                .put("is_error", isError)
                .put("terminal_reason", terminalReason);
    }
}
