/// Starts, reads, writes and ends processes of the `claude` CLI. Knows bytes and lines, but no
/// protocol.
package dev.oriel.agent.cli.process;
