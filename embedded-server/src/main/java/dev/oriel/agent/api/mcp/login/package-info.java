/// Logins to MCP servers (OAuth).
@NullMarked
package dev.oriel.agent.api.mcp.login;

import org.jspecify.annotations.NullMarked;
