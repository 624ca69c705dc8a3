package dev.oriel.agent.api.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.prompt.Attachments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The commands and skills of a folder, read from their files at each call, but for lists at most
/// once a second. Thread-safe.
///
/// What the project allows its commands counts only if the user trusts the folder.
public final class SlashCommands implements Commands {
    private static final Logger LOG = LoggerFactory.getLogger(SlashCommands.class);
    private static final int MAX_REMINDER = 8_000;

    private static final Duration LISTED = Duration.ofSeconds(1);

    private final CommandFiles files;
    private final boolean isTrusted;
    private final CommandShell shell;
    private final Attachments attachments;
    private final LongSupplier nanoTime;
    private @Nullable Listed listed; // guarded by this

    /// @param at when it was read
    private record Listed(long at, List<CommandFile> commands) {}

    /// @param folder the session's folder
    /// @param home the user's home folder
    /// @param isTrusted whether the project's commands may allow tools and run commands
    /// @param attachments reads the files that a command mentions
    public SlashCommands(
            Path folder,
            Path home,
            boolean isTrusted,
            CommandShell shell,
            Attachments attachments) {
        this(folder, home, isTrusted, shell, attachments, System::nanoTime);
    }

    SlashCommands(
            Path folder,
            Path home,
            boolean isTrusted,
            CommandShell shell,
            Attachments attachments,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.files = new CommandFiles(folder, home);
        this.isTrusted = isTrusted;
        this.shell = shell;
        this.attachments = attachments;
    }

    @Override
    public List<ObjectNode> list() {
        return read().stream().filter(CommandFile::isForUser).map(CommandFile::toJson).toList();
    }

    private synchronized List<CommandFile> read() {
        Listed known = listed;
        long now = nanoTime.getAsLong();
        if (known == null || now - known.at() > LISTED.toNanos()) {
            known = new Listed(now, readAll());
            listed = known;
        }
        return known.commands();
    }

    private List<CommandFile> readAll() {
        List<CommandFile> commands = new ArrayList<>();
        files.find()
                .forEach((name, found) -> {
                    try {
                        commands.add(read(name, found));
                    } catch (IOException e) {
                        LOG.debug("A command is left out: {}", e.getMessage());
                    }
                });
        return commands;
    }

    private static CommandFile read(String name, CommandFiles.Found found) throws IOException {
        return CommandFile.read(name, found.file(), found.isSkill(), found.isUsers());
    }

    @Override
    public @Nullable Expansion expand(String name, String arguments) throws IOException {
        Map<String, CommandFiles.Found> all = files.find();
        CommandFiles.Found found = all.get(name);
        if (found == null) {
            return null;
        }
        CommandFile command = read(name, found);
        boolean isAllowed = isTrusted || command.isUsers();
        List<String> allowed = isAllowed ? command.allowedTools() : List.of();
        String body =
                CommandExpansion.expand(
                        command.content().body(),
                        arguments.strip(),
                        line ->
                                isAllowed
                                        ? shell.run(line, allowed)
                                        : "[not run, because the folder is not trusted: "
                                                + line
                                                + "]");
        if (command.isSkill()) {
            body = "Base directory for this skill: " + found.file().getParent() + "\n\n" + body;
        }
        List<String> texts = new ArrayList<>(attachments.of(command.content().body()));
        texts.add(header(name, arguments.strip()));
        if (!body.isBlank()) {
            texts.add(body);
        }
        return new Expansion(texts, allowed, command.model());
    }

    private static String header(String name, String arguments) {
        return "<command-message>"
                + name
                + "</command-message>\n<command-name>/"
                + name
                + "</command-name>"
                + (arguments.isEmpty() ? "" : "\n<command-args>" + arguments + "</command-args>");
    }

    @Override
    public @Nullable String skillReminder() {
        StringBuilder list = new StringBuilder();
        int left = 0;
        for (CommandFile command : read()) {
            if (!command.isForModel() || !isDescribed(command)) {
                continue;
            }
            String line = "- " + command.name() + ": " + command.description() + "\n";
            if (list.length() + line.length() > MAX_REMINDER) {
                left++;
            } else {
                list.append(line);
            }
        }
        if (list.isEmpty()) {
            return null;
        }
        return "<system-reminder>\n"
                + "These skills can be used with the tool Skill when they fit what the user"
                + " wants:\n\n"
                + list
                + (left > 0 ? "(" + left + " more are not listed)\n" : "")
                + "</system-reminder>";
    }

    /// The model needs to know when a command fits; its first line does not say that.
    private static boolean isDescribed(CommandFile command) {
        return command.isSkill() || command.content().text("description") != null;
    }
}
