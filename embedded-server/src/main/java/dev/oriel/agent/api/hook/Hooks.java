package dev.oriel.agent.api.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.ToolRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs the hooks of the settings. Thread-safe; methods block the caller, a virtual thread, and
/// throw [java.util.concurrent.CancellationException] if the scope is cancelled.
public interface Hooks {
    /// No hooks.
    Hooks NONE =
            new Hooks() {
                @Override
                public HookVerdict onPrompt(String prompt, CancelScope cancel) {
                    return HookVerdict.NONE;
                }

                @Override
                public HookVerdict beforeTool(ToolRequest call, CancelScope cancel) {
                    return HookVerdict.NONE;
                }

                @Override
                public HookVerdict afterTool(
                        ToolRequest call, ObjectNode result, CancelScope cancel) {
                    return HookVerdict.NONE;
                }

                @Override
                public HookVerdict onStop(String lastText, boolean isActive, CancelScope cancel) {
                    return HookVerdict.NONE;
                }
            };

    /// The hooks around the turn of a subagent: its events name it, and its end is the event
    /// `SubagentStop`.
    ///
    /// @param id the subagent's `agent_id`
    /// @param type its type
    default Hooks ofSubagent(String id, String type) {
        return this;
    }

    /// Event `UserPromptSubmit`.
    HookVerdict onPrompt(String prompt, CancelScope cancel);

    /// Event `PreToolUse`.
    HookVerdict beforeTool(ToolRequest call, CancelScope cancel);

    /// Event `PostToolUse`.
    ///
    /// @param result `{"tool_response":…, "duration_ms":…}`
    HookVerdict afterTool(ToolRequest call, ObjectNode result, CancelScope cancel);

    /// Event `Stop`.
    ///
    /// @param lastText the text of the last response
    /// @param isActive whether a hook of this event has already continued the turn
    HookVerdict onStop(String lastText, boolean isActive, CancelScope cancel);

    /// The result of all hooks of one event.
    ///
    /// @param block the reason why the action is blocked, for the model; null if it is not. For
    ///   `Stop` the turn goes on with it
    /// @param isAllowed whether a hook allows the call without an ask
    /// @param isAsking whether a hook wants the user to be asked
    /// @param input replaces the call's input; null to keep it
    /// @param context texts that are added to the conversation
    /// @param stop ends the turn with this reason; null to go on
    /// @param notices sentences for the user
    record HookVerdict(
            @Nullable String block,
            boolean isAllowed,
            boolean isAsking,
            @Nullable ObjectNode input,
            List<String> context,
            @Nullable String stop,
            List<String> notices) {

        /// No hook had an opinion.
        public static final HookVerdict NONE =
                new HookVerdict(null, false, false, null, List.of(), null, List.of());

        public HookVerdict {
            context = List.copyOf(context);
            notices = List.copyOf(notices);
        }
    }
}
