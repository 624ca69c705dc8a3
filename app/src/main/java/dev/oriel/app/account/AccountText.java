package dev.oriel.app.account;

import dev.oriel.app.controls.ControlText;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words about accounts.
public final class AccountText {
    private static final int LONGEST_LINE = 400;

    private AccountText() {}

    /// What kind of server it is at.
    public static String kind(AccountInfo.Kind kind) {
        return switch (kind) {
            case ANTHROPIC -> "Anthropic";
            case GATEWAY -> "Gateway";
            case LOCAL -> "Local models";
        };
    }

    /// Where the key of an account is; empty if it has none, or if it is not known.
    ///
    /// @param storedIn the name in the protocol
    public static String storedIn(@Nullable String storedIn) {
        return switch (storedIn) {
            case "keychain" -> "in the key store of the operating system";
            case "file" -> "in a file that only its owner can read";
            case "environment" -> "in the environment";
            case null, default -> "";
        };
    }

    /// Where the key of an account is; empty if it has none, or if the server does not say it.
    ///
    /// @param place as the protocol names it
    public static String storedIn(@Nullable String place, ServerPlace server) {
        return switch (place) {
            case "keychain" -> "Its key is in the key store of " + server.computer() + ".";
            case "file" ->
                    server == ServerPlace.HERE
                            ? "Its key is in a file that only you can read."
                            : "Its key is in a file on the server’s computer.";
            case "environment" -> "Its key is in a variable of the environment.";
            case null, default -> "";
        };
    }

    /// What a server lacks, as a list in words; empty if it lacks nothing that a user notices.
    public static String lacks(List<String> features) {
        List<String> words = new ArrayList<>();
        for (String each : features) {
            switch (each) {
                case "tools" -> words.add("tools");
                case "thinking" -> words.add("thinking");
                case "images" -> words.add("images");
                case "documents" -> words.add("documents");
                case "token_count" -> words.add("exact token counts");
                default -> {
                    // The others change only costs and speed.
                }
            }
        }
        return switch (words.size()) {
            case 0 -> "";
            case 1 -> words.getFirst();
            default ->
                    String.join(", ", words.subList(0, words.size() - 1))
                            + " and "
                            + words.getLast();
        };
    }

    /// Text of a server as one line of bounded length.
    static String line(String text) {
        return Graphemes.truncate(ControlText.singleLine(text.strip()), LONGEST_LINE);
    }
}
