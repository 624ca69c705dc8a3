package dev.oriel.app.transcript.area;

import dev.oriel.app.text.DisplayText;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.message.Graphemes;
import org.jspecify.annotations.Nullable;

/// Where a click leads to, in words. Every hidden character of an address is written out.
public final class ClickTarget {
    private static final int LONGEST = 400;

    private ClickTarget() {}

    /// @return empty if the click leads nowhere else
    public static String of(@Nullable ClickAction action) {
        return switch (action) {
            case ClickAction.OpenLink(String url) -> shown(url);
            case ClickAction.OpenFile(String path) -> shown(path);
            case ClickAction.ToFootnote(int number) -> "Footnote " + number;
            case ClickAction.ToReference(int number) -> "Back to the reference " + number;
            case null, default -> "";
        };
    }

    private static String shown(String address) {
        return Graphemes.truncate(DisplayText.argument(address), LONGEST);
    }
}
