package dev.oriel.agent.api.tool.other;

import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.tool.Tool;
import java.util.List;

/// The tools that belong to the conversation with the user.
public final class ConversationTools {
    private ConversationTools() {}

    /// @param permissions those of the agent, whose mode the plan tools change
    public static List<Tool> all(Permissions permissions) {
        PlanMode mode = new PlanMode(permissions);
        return List.of(
                new AskUserQuestionTool(),
                new EnterPlanModeTool(mode),
                new ExitPlanModeTool(mode),
                new TodoWriteTool());
    }
}
