/// Transports to MCP servers that know nothing of their configuration.
@NullMarked
package dev.oriel.agent.api.mcp.transport;

import org.jspecify.annotations.NullMarked;
