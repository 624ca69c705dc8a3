package dev.oriel.agent.api.tool.file;

import dev.oriel.agent.api.tool.ReadState;
import dev.oriel.agent.api.tool.ToolContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A text file as it is before it is changed.
///
/// @param bytes null if it does not exist
record OpenedFile(FileTarget target, byte @Nullable [] bytes, TextFile text) {
    /// Larger files are neither edited nor written.
    static final int MAX_BYTES = 10 << 20;

    /// Reads a file that is to be changed.
    ///
    /// @throws FileFault if it is not a text file, or changed since the model read it
    static OpenedFile of(FileTarget target, ToolContext context) throws FileFault {
        BasicFileAttributes attributes = target.attributes();
        if (attributes == null) {
            return new OpenedFile(target, null, TextFile.create(""));
        }
        if (attributes.isDirectory()) {
            throw FileFault.refused(
                    target.given()
                            + " is a directory, not a file. To create a file inside it, include"
                            + " the file name in file_path.");
        }
        target.requireNotSpecial(attributes);
        if (attributes.size() > MAX_BYTES) {
            throw FileFault.refused(
                    "The file is larger than 10 MB, which is too large for this tool: "
                            + target.given());
        }
        byte[] bytes = read(target);
        TextFile text = TextFile.of(bytes);
        if (text == null) {
            throw binary(target);
        }
        ReadState.Version seen = context.files().version(target.real());
        if (seen != null && !seen.sha256().equals(FileVersions.digest(bytes))) {
            throw FileFault.refused(
                    "File has been changed by the user or a program since it was last read. Read"
                            + " it again before you change it.");
        }
        return new OpenedFile(target, bytes, text);
    }

    static byte[] read(FileTarget target) throws FileFault {
        try (InputStream in = Files.newInputStream(target.real(), LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw FileFault.failed("The file cannot be read: " + target.given());
        }
    }

    static FileFault binary(FileTarget target) {
        String name = String.valueOf(target.real().getFileName());
        int dot = name.lastIndexOf('.');
        String kind = dot > 0 ? name.substring(dot).toLowerCase(Locale.ROOT) + " " : "";
        return FileFault.refused(
                "This tool cannot read binary files. The file appears to be a binary "
                        + kind
                        + "file. Use a shell command or a script that can read the format.");
    }

    /// Whether the model has seen all of it.
    boolean isKnown(ToolContext context) {
        ReadState.Version seen = context.files().version(target.real());
        return bytes == null || (seen != null && seen.isComplete());
    }

    /// Writes a new content, after the old one was kept for `rewind_files`.
    ///
    /// @param isComplete whether the model knows all of the new content
    /// @throws FileFault if it could not be written; the file is as it was
    void write(TextFile changed, boolean isComplete, ToolContext context) throws FileFault {
        byte[] content = changed.bytes();
        if (content.length > MAX_BYTES) {
            throw FileFault.failed("The content is larger than 10 MB. Nothing was written.");
        }
        Path file = target.real();
        context.cancel().check();
        try {
            context.changes().beforeChange(file);
        } catch (IOException e) {
            throw FileFault.failed(
                    "The file was not changed, because its present content cannot be kept for"
                            + " the user: "
                            + target.given());
        }
        if (bytes == null) {
            AtomicReplace.create(file, content, target.given());
        } else {
            AtomicReplace.replace(file, bytes, content, target.given());
        }
        context.changes().afterChange(file, FileVersions.digest(content));
        try {
            context.files().seen(file, FileVersions.of(file, content, isComplete));
        } catch (IOException e) {
            context.files().forget(file);
        }
    }
}
