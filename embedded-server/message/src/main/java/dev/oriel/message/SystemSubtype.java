package dev.oriel.message;

/// The values of `subtype` in `system` messages. Those that begin with [#ORIEL_PREFIX] are Oriel's
/// own (`PROTOCOL.md`), the others the CLI's.
public final class SystemSubtype {
    /// The begin of a turn: model, folder, permission mode, tools.
    public static final String INIT = "init";

    /// What the agent is doing: `requesting`, `compacting`.
    public static final String STATUS = "status";

    /// The context was compacted here.
    public static final String COMPACT_BOUNDARY = "compact_boundary";

    /// A hook ended.
    public static final String HOOK_RESPONSE = "hook_response";

    /// A request to the model failed and is sent again.
    public static final String API_RETRY = "api_retry";

    /// The CLI's own session state: `idle`, `running`, `requires_action`.
    public static final String SESSION_STATE_CHANGED = "session_state_changed";

    /// The number of thinking tokens so far.
    public static final String THINKING_TOKENS = "thinking_tokens";

    /// A tool was denied without an ask.
    public static final String PERMISSION_DENIED = "permission_denied";

    /// A text for the user, with a level.
    public static final String INFORMATIONAL = "informational";

    /// The output of a slash command that ran locally.
    public static final String LOCAL_COMMAND_OUTPUT = "local_command_output";

    /// A background task started.
    public static final String TASK_STARTED = "task_started";

    /// What a task of the agent does, and what it has used so far.
    public static final String TASK_PROGRESS = "task_progress";

    /// The state of a task of the agent changed.
    public static final String TASK_UPDATED = "task_updated";

    /// A background task ended.
    public static final String TASK_NOTIFICATION = "task_notification";

    /// The background tasks that run now.
    public static final String BACKGROUND_TASKS_CHANGED = "background_tasks_changed";

    /// The prefix of Oriel's own subtypes.
    public static final String ORIEL_PREFIX = "oriel_";

    /// The session's state changed.
    public static final String ORIEL_SESSION = "oriel_session";

    /// The queue of prompts changed.
    public static final String ORIEL_QUEUE = "oriel_queue";

    /// Prompts that could not be given to an agent.
    public static final String ORIEL_UNSENT = "oriel_unsent";

    /// A text for the user that is not part of the conversation.
    public static final String ORIEL_NOTICE = "oriel_notice";

    /// A line of the agent's standard error.
    public static final String ORIEL_STDERR = "oriel_stderr";

    /// A line of the agent's standard output that is not a message.
    public static final String ORIEL_STDOUT = "oriel_stdout";

    /// The agent's process ended.
    public static final String ORIEL_AGENT_EXITED = "oriel_agent_exited";

    /// A client changed how the agent works.
    public static final String ORIEL_CONTROL = "oriel_control";

    /// Messages are no longer part of the conversation.
    public static final String ORIEL_REWOUND = "oriel_rewound";

    /// The session is a copy of another one up to here.
    public static final String ORIEL_FORKED = "oriel_forked";

    private SystemSubtype() {}
}
