/// Finds the installed `claude` CLI, checks its version and login, and prepares the environment in
/// which it runs.
package dev.oriel.agent.cli.install;
