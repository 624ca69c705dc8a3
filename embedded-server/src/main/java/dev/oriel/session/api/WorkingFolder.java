package dev.oriel.session.api;

import dev.oriel.agent.AgentUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// The folder that a session's agent works in. Links are resolved as the operating system resolves
/// them before the folder is checked, so what is checked is what the agent runs in.
public final class WorkingFolder {
    private WorkingFolder() {}

    /// The real path of a folder that a client asks for.
    ///
    /// @throws BadRequestException if there is no such folder, or the path is not absolute
    public static Path require(Path wanted) throws BadRequestException {
        try {
            if (wanted.isAbsolute()) {
                Path real = wanted.toRealPath();
                if (Files.isDirectory(real)) {
                    return real;
                }
            }
        } catch (IOException e) {
            // Reported below.
        }
        throw new BadRequestException("cwd must be an existing folder, as an absolute path");
    }

    /// The name of a folder in sessions, for comparison. A folder that does not exist keeps the
    /// given name.
    public static String nameOf(Path folder) {
        try {
            return folder.toRealPath().toString();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize().toString();
        }
    }

    /// The folder of a session, in which to start an agent.
    ///
    /// @throws AgentUnavailableException if this process cannot name it
    public static Path parse(String name) throws AgentUnavailableException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new AgentUnavailableException(
                    "The name of the session's folder cannot be written in the characters of this"
                            + " locale. Start Oriel with a UTF-8 locale, as LC_ALL=C.UTF-8.",
                    e);
        }
    }
}
