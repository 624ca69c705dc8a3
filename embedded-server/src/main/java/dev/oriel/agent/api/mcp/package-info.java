/// MCP servers of agents on the Messages API: configuration, connections, their tools.
@NullMarked
package dev.oriel.agent.api.mcp;

import org.jspecify.annotations.NullMarked;
