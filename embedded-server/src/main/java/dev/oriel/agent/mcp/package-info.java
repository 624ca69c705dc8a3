/// An MCP server that offers the tools of a session's clients to its agent, independent of the
/// transport. The only package that uses the MCP library.
///
/// No class of this package is loaded before a client defines a tool, because loading the library
/// and its dependencies would take longer than the rest of the server's start.
package dev.oriel.agent.mcp;
