package dev.oriel.agent;

import java.nio.file.Path;

/// Finds out what an agent would run only because a folder says so. Reads files: not for a
/// session's lane or the FX thread.
@FunctionalInterface
public interface FolderInspector {
    FolderCommands inspect(Path folder);
}
