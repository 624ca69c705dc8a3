package dev.oriel.agent.api.tool.file;

import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.platform.RealPath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file that a call names. Links are resolved once, so that what was checked is what is opened.
///
/// @param given as the model wrote it
/// @param real without links; need not exist
record FileTarget(String given, Path real) {
    private static final int MAX_SIBLINGS = 1_000;

    /// Environments contain keys, also this process's own; the others never end, or block.
    private static final Pattern NEVER_READ =
            Pattern.compile(
                    "/proc/(?:[0-9]+/(?:task/[0-9]+/)?(?:environ|mem|pagemap)|kmsg|kcore)"
                            + "|/sys/kernel/.*/trace_pipe");

    /// @throws FileFault if it is not a path
    static FileTarget of(String given, ToolContext context) throws FileFault {
        try {
            if (!given.isBlank() && given.indexOf('\0') < 0) {
                return of(given, RealPath.of(context.resolve(given)), context);
            }
        } catch (InvalidPathException | IOException e) {
            throw FileFault.refused("The path is not valid on this computer.");
        }
        throw FileFault.refused("The path is empty, or contains a NUL character.");
    }

    private static FileTarget of(String given, Path real, ToolContext context) throws FileFault {
        if (NEVER_READ.matcher(real.toString()).matches()) {
            throw FileFault.refused("This file of the operating system cannot be read: " + given);
        }
        if (!context.judged().isSame(given, real)) {
            throw FileFault.failed(
                    "A folder or file on the path was replaced after the permission was given: "
                            + given);
        }
        return new FileTarget(given, real);
    }

    /// The attributes of the file; null if there is none.
    @Nullable BasicFileAttributes attributes() throws FileFault {
        try {
            return Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw FileFault.failed("The file cannot be read: " + given);
        }
    }

    /// Opening a device or a pipe could block forever.
    void requireNotSpecial(BasicFileAttributes attributes) throws FileFault {
        if (attributes.isOther() || attributes.isSymbolicLink()) {
            throw FileFault.refused(
                    "This tool cannot read devices, pipes and other special files: " + given);
        }
    }

    String missing(ToolContext context) {
        String similar = similar();
        return "File does not exist. Note: your current working directory is "
                + context.folder()
                + "."
                + (similar.isEmpty() ? "" : " Did you mean " + similar + "?");
    }

    private String similar() {
        Path parent = real.getParent();
        Path last = real.getFileName();
        if (parent == null || last == null || !Files.isDirectory(parent)) {
            return "";
        }
        String name = last.toString();
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(parent)) {
            int count = 0;
            for (Path sibling : siblings) {
                String other = String.valueOf(sibling.getFileName());
                if (count++ < MAX_SIBLINGS && isSimilar(name, other)) {
                    Path given_ = Path.of(given).getParent();
                    return given_ == null || given_.isAbsolute()
                            ? other
                            : given_.resolve(other).toString();
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return "";
        }
        return "";
    }

    private static boolean isSimilar(String name, String other) {
        return other.equalsIgnoreCase(name)
                || stem(other).equals(stem(name))
                || (name.length() > 2 && other.startsWith(name));
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
