package dev.oriel.agent.api;

import dev.oriel.account.Account;
import dev.oriel.agent.api.command.Commands;
import dev.oriel.agent.api.history.History;
import dev.oriel.agent.api.hook.Hooks;
import dev.oriel.agent.api.model.Models;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.prompt.SystemBlocks;
import dev.oriel.agent.api.tool.ToolCatalog;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.turn.ContextLimit;
import dev.oriel.agent.api.turn.TurnEngine.Pause;
import dev.oriel.agent.api.turn.TurnMessages;
import dev.oriel.agent.api.turn.TurnOutput;
import dev.oriel.agent.api.turn.TurnUsage;
import dev.oriel.agent.api.wire.MessagesApi;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// What one agent works with. [ApiAgents] puts it together.
///
/// @param limit makes what keeps the conversation within the model's limit
/// @param attachments what the model is told of the files that a prompt mentions
/// @param tools the tools that are available now
/// @param system makes the blocks of the system prompt; may read files
/// @param context of tool calls, without the turn's scope
/// @param scheduler determines when an idle agent frees its memory
/// @param controls answers further control requests
/// @param notices what turns and the surroundings tell each other
/// @param close ends what the agent has started
record AgentParts(
        Account account,
        MessagesApi api,
        Models models,
        History history,
        Permissions permissions,
        Hooks hooks,
        Commands commands,
        Function<String, List<String>> attachments,
        LimitFactory limit,
        Supplier<ToolCatalog> tools,
        SystemBlocks system,
        ToolContext context,
        Pause pause,
        IdleMemory.Scheduler scheduler,
        ControlExtension controls,
        TurnNotices notices,
        Runnable close) {

    /// Makes what keeps a conversation within the model's limit.
    @FunctionalInterface
    interface LimitFactory {
        ContextLimit create(TurnMessages messages, TurnOutput output, TurnUsage usage);
    }
}
