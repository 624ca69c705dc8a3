package dev.oriel.testing.fakeclaude;

/// Creates output lines in the format of CLI 2.1.329. The order of members is arbitrary, as in the
/// CLI.
final class CliLines {
    static final String INITIALIZED =
            """
            {"commands":[{"name":"compact","description":"Clear history but keep a summary","argumentHint":""}],\
            "agents":[{"name":"Explore","description":"Looks around","model":"inherit"}],\
            "output_style":"default","available_output_styles":["default"],\
            "models":[{"value":"default","resolvedModel":"claude-fake","displayName":"Default",\
            "description":"The fake"}],\
            "account":{"tokenSource":"none"},"claude_code_version":"2.1.329","current_permission_mode":"default",\
            "session_state":"idle","capabilities":["interrupt_receipt_v1","sdk_mcp_tools_list_changed"]}\
            """;

    private final String session;
    private int uuids;

    CliLines(String session) {
        this.session = session;
    }

    String init(String cwd) {
        return "{\"type\":\"system\",\"subtype\":\"init\",\"cwd\":"
                + quoted(cwd)
                + ",\"tools\":[\"Bash\",\"Read\"],\"mcp_servers\":[],\"model\":\"claude-fake\","
                + "\"permissionMode\":\"default\",\"slash_commands\":[\"compact\"],"
                + "\"claude_code_version\":\"2.1.329\","
                + "\"capabilities\":[\"interrupt_receipt_v1\",\"sdk_mcp_tools_list_changed\"]"
                + tail();
    }

    String event(String event) {
        return "{\"type\":\"stream_event\",\"event\":"
                + event
                + ",\"parent_tool_use_id\":null"
                + tail();
    }

    String delta(String text) {
        return event(
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                        + quoted(text)
                        + "}}");
    }

    String assistant(String messageId, String block) {
        return "{\"type\":\"assistant\",\"message\":{\"id\":\""
                + messageId
                + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-fake\",\"content\":["
                + block
                + "],\"stop_reason\":null,\"usage\":{\"input_tokens\":11,\"output_tokens\":1}},"
                + "\"parent_tool_use_id\":null"
                + tail();
    }

    String toolResult(String toolUseId, String content, boolean error) {
        return "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"tool_use_id\":\""
                + toolUseId
                + "\",\"type\":\"tool_result\",\"content\":"
                + quoted(content)
                + ",\"is_error\":"
                + error
                + "}]},\"parent_tool_use_id\":null"
                + tail();
    }

    String marker(String text) {
        return "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":"
                + quoted(text)
                + "}]},\"parent_tool_use_id\":null"
                + tail();
    }

    String result(String text) {
        return "{\"duration_api_ms\":63,\"stop_reason\":\"end_turn\",\"total_cost_usd\":0.000444,"
                + "\"usage\":{\"input_tokens\":11,\"output_tokens\":20},\"modelUsage\":{},"
                + "\"permission_denials\":[],\"terminal_reason\":\"completed\",\"is_error\":false,"
                + "\"num_turns\":1,\"subtype\":\"success\",\"result\":"
                + quoted(text)
                + ",\"type\":\"result\",\"duration_ms\":177"
                + tail();
    }

    String interrupted(boolean inTool) {
        return "{\"duration_api_ms\":63,\"is_error\":true,\"num_turns\":2,\"stop_reason\":null,"
                + "\"total_cost_usd\":0.000444,\"usage\":{\"input_tokens\":0,\"output_tokens\":0},"
                + "\"modelUsage\":{},\"permission_denials\":[],\"type\":\"result\","
                + "\"subtype\":\"error_during_execution\",\"terminal_reason\":\""
                + (inTool ? "aborted_tools" : "aborted_streaming")
                + "\",\"errors\":[\"[ede_diagnostic] result_type=user\"]"
                + tail();
    }

    private String tail() {
        return ",\"session_id\":\""
                + session
                + "\",\"uuid\":\"00000000-0000-4000-8000-%012d\"}".formatted(++uuids);
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> out.append(c < ' ' ? "\\u%04x".formatted((int) c) : c);
            }
        }
        return out.append('"').toString();
    }
}
