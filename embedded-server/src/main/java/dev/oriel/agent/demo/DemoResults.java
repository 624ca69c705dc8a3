package dev.oriel.agent.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Message;

/// Creates the `result` message that ends a turn of the demo. Its cost is 0.
///
/// @param started [System#nanoTime] at the start of the turn
/// @param denials the tool calls that were denied in the turn
record DemoResults(DemoMessages lines, long started, int turns, ArrayNode denials) {
    Message completed(String text) {
        return Message.of(
                line("success", false, "completed")
                        .put("stop_reason", "end_turn")
                        .put("result", text));
    }

    Message apiError(int status, String text) {
        return Message.of(
                line("success", true, "api_error")
                        .put("stop_reason", "stop_sequence")
                        .put("api_error_status", status)
                        .put("result", text));
    }

    /// @param reason `aborted_streaming` or `aborted_tools`
    Message stopped(String reason) {
        ObjectNode line = line("error_during_execution", true, reason).putNull("stop_reason");
        line.putArray("errors").add("[demo] stopped by the user");
        return Message.of(line);
    }

    private ObjectNode line(String subtype, boolean isError, String reason) {
        long millis = (System.nanoTime() - started) / 1_000_000;
        ObjectNode line =
                lines.line("result")
                        .put("subtype", subtype)
                        .put("is_error", isError)
                        .put("terminal_reason", reason)
                        .put("duration_ms", millis)
                        .put("duration_api_ms", 0)
                        .put("num_turns", turns)
                        .put("total_cost_usd", 0);
        line.set("usage", DemoMessages.usage());
        line.putObject("modelUsage");
        line.set("permission_denials", denials);
        return line;
    }
}
