/// The real `claude` CLI as a subprocess, driven over its stream-json pipes.
///
/// [dev.oriel.agent.cli.ClaudeCli] finds it and starts it; one agent is one process. What is known
/// of the CLI (flags, exit codes, timings) was observed on versions 2.1.112 to 2.1.329.
package dev.oriel.agent.cli;
