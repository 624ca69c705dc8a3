package dev.oriel.agent;

import java.nio.file.Path;

/// Finds the commands that a folder configures for an agent. Reads files: do not call it on a
/// session's lane or the FX thread.
@FunctionalInterface
public interface FolderInspector {
    FolderCommands inspect(Path folder);
}
