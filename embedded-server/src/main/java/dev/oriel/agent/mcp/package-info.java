/// Tools of a session as an MCP server, over whatever line its agent has to us. The only package
/// that knows the MCP library.
///
/// Nothing here is loaded before a client defines a tool: the library and what it needs are larger
/// than the rest of the server's start.
package dev.oriel.agent.mcp;
