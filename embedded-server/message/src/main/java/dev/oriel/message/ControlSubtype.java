package dev.oriel.message;

/// The values of `subtype` in the `request` of a `control_request` and the `response` of a
/// `control_response`.
public final class ControlSubtype {
    /// Of a response: the request was carried out; `response` holds the outcome.
    public static final String SUCCESS = "success";

    /// Of a response: `error` says why not, `error_code` may hold an [ErrorCode].
    public static final String ERROR = "error";

    // From the agent.

    /// May this tool run?
    public static final String CAN_USE_TOOL = "can_use_tool";

    /// An MCP server asks the user for data.
    public static final String ELICITATION = "elicitation";

    /// A hook of a client is called.
    public static final String HOOK_CALLBACK = "hook_callback";

    /// A client shows a dialog.
    public static final String REQUEST_USER_DIALOG = "request_user_dialog";

    /// A JSON-RPC message of the Model Context Protocol, in either direction.
    public static final String MCP_MESSAGE = "mcp_message";

    // To the agent.

    /// The first request to an agent: hooks, tools, system prompt.
    public static final String INITIALIZE = "initialize";

    /// Stops the turn.
    public static final String INTERRUPT = "interrupt";

    /// Changes the permission mode.
    public static final String SET_PERMISSION_MODE = "set_permission_mode";

    /// Changes the model.
    public static final String SET_MODEL = "set_model";

    /// Changes how much the model may think.
    public static final String SET_MAX_THINKING_TOKENS = "set_max_thinking_tokens";

    /// Takes a queued prompt back.
    public static final String CANCEL_ASYNC_MESSAGE = "cancel_async_message";

    /// Changes settings of the agent.
    public static final String APPLY_FLAG_SETTINGS = "apply_flag_settings";

    /// Replaces the MCP servers.
    public static final String MCP_SET_SERVERS = "mcp_set_servers";

    /// Connects an MCP server again.
    public static final String MCP_RECONNECT = "mcp_reconnect";

    /// Turns an MCP server on or off.
    public static final String MCP_TOGGLE = "mcp_toggle";

    /// Begins a login to an MCP server; the reply has the address to visit.
    public static final String MCP_AUTHENTICATE = "mcp_authenticate";

    /// Ends a login to an MCP server with the address that the browser was sent to.
    public static final String MCP_OAUTH_CALLBACK_URL = "mcp_oauth_callback_url";

    /// Logs out of an MCP server.
    public static final String MCP_CLEAR_AUTH = "mcp_clear_auth";

    /// Stops a background task.
    public static final String STOP_TASK = "stop_task";

    /// Tells what a command in the background has printed.
    public static final String GET_TASK_OUTPUT = "get_task_output";

    /// Moves running tools to the background.
    public static final String BACKGROUND_TASKS = "background_tasks";

    /// Restores files to what they were at a prompt.
    public static final String REWIND_FILES = "rewind_files";

    /// Reads the skills again.
    public static final String RELOAD_SKILLS = "reload_skills";

    /// Renames the agent's own session.
    public static final String RENAME_SESSION = "rename_session";

    // Oriel's own.

    /// May this folder's settings be used? Answered like [#CAN_USE_TOOL].
    public static final String ORIEL_TRUST = "oriel_trust";

    /// Gives the queued prompts that are held to the agent.
    public static final String ORIEL_RUN_QUEUE = "oriel_run_queue";

    /// Changes the order of the queued prompts.
    public static final String ORIEL_REORDER_QUEUE = "oriel_reorder_queue";

    /// Interrupts the turn and starts one of the queued prompts next.
    public static final String ORIEL_SEND_NOW = "oriel_send_now";

    /// Hands one of the queued prompts to the running turn.
    public static final String ORIEL_STEER = "oriel_steer";

    private ControlSubtype() {}
}
