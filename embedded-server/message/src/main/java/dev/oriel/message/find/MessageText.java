package dev.oriel.message.find;

import com.fasterxml.jackson.core.JsonParser;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.message.find.MessageTextReader.Wanted;
import java.io.IOException;

/// The text of a message that a reader sees in the conversation: prompts with their text files,
/// answers without the marks of Markdown, thinking, the inputs and results of tools, changed lines
/// of files, and notices. Of a subagent also its answers and tool calls, but not its prompt, which
/// is an input, nor its thinking, which is not shown. Not images.
///
/// Reads the bytes as a stream; parts that are not needed, such as an image of 20 MB, are skipped
/// without being built.
public final class MessageText {
    private static final Wanted ANSWER = new Wanted(true, true, true, false);
    private static final Wanted PROMPT = new Wanted(true, false, true, true);
    private static final Wanted PROMPT_ONLY = new Wanted(true, false, false, false);
    private static final Wanted SUBAGENT_ANSWER = new Wanted(true, true, false, false);
    private static final Wanted TOOLS_ONLY = new Wanted(false, false, false, false);

    private MessageText() {}

    /// The text of a message.
    ///
    /// @param message any message
    /// @return lines that end with line feeds; empty if the message shows no text
    public static String of(Message message) {
        if (message.parentToolUseId() != null) {
            return ofSubagent(message);
        }
        return switch (message.type()) {
            case MessageType.ASSISTANT -> read(message, ANSWER).text();
            case MessageType.USER -> read(message, PROMPT).text();
            case MessageType.RESULT -> members(message, "errors");
            case MessageType.SYSTEM -> ofSystem(message);
            default -> "";
        };
    }

    private static String ofSubagent(Message message) {
        return switch (message.type()) {
            case MessageType.ASSISTANT -> read(message, SUBAGENT_ANSWER).text();
            case MessageType.USER -> read(message, TOOLS_ONLY).text();
            default -> "";
        };
    }

    private static String ofSystem(Message message) {
        return switch (message.subtype()) {
            case SystemSubtype.LOCAL_COMMAND_OUTPUT, SystemSubtype.INFORMATIONAL ->
                    members(message, "content");
            case SystemSubtype.ORIEL_CONTROL, SystemSubtype.ORIEL_AGENT_EXITED ->
                    members(message, "text");
            case null, default -> "";
        };
    }

    /// The text of a prompt of the user, without what is attached to it.
    ///
    /// @param message any message
    /// @return empty if it is not a prompt of the user
    public static String ofPrompt(Message message) {
        if (!message.is(MessageType.USER) || message.parentToolUseId() != null) {
            return "";
        }
        MessageTextReader prompt = read(message, PROMPT_ONLY);
        return prompt.isResult() ? "" : prompt.text();
    }

    /// A message is JSON. If it is not, what was read before the error counts.
    private static MessageTextReader read(Message message, Wanted wanted) {
        MessageTextReader reader = new MessageTextReader(wanted, message.bytes().length);
        try (JsonParser p = Json.mapper().getFactory().createParser(message.bytes())) {
            p.nextToken();
            reader.message(p);
        } catch (IOException e) {
            return reader;
        }
        return reader;
    }

    private static String members(Message message, String name) {
        MessageTextReader reader = new MessageTextReader(TOOLS_ONLY, message.bytes().length);
        try (JsonParser p = Json.mapper().getFactory().createParser(message.bytes())) {
            p.nextToken();
            reader.members(p, name);
        } catch (IOException e) {
            return reader.text();
        }
        return reader.text();
    }
}
