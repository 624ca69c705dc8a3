/// The real `claude` CLI as a subprocess.
package dev.oriel.agent.cli;
