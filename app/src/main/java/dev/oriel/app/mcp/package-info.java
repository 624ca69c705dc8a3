/// The MCP servers of the open session: their states and tools, and adding one.
@NullMarked
package dev.oriel.app.mcp;

import org.jspecify.annotations.NullMarked;
