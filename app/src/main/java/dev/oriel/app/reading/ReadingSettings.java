package dev.oriel.app.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The user's settings of how conversations are shown. Immutable.
public record ReadingSettings(DetailLevel detail, DiffLayout diffs, LongLines longLines) {
    public static final ReadingSettings DEFAULTS =
            new ReadingSettings(DetailLevel.NORMAL, DiffLayout.AUTOMATIC, LongLines.SCROLL);

    /// Reads the settings from members of JSON. A value that is missing or unknown to this version
    /// is replaced by its default.
    public static ReadingSettings fromJson(ObjectNode json) {
        return new ReadingSettings(
                choice(DetailLevel.values(), json, "detail_level", DEFAULTS.detail),
                choice(DiffLayout.values(), json, "diff_layout", DEFAULTS.diffs),
                choice(LongLines.values(), json, "long_lines", DEFAULTS.longLines));
    }

    private static <E extends Enum<E>> E choice(
            E[] all, ObjectNode json, String member, E defaultValue) {
        @Nullable String name = json.path(member).textValue();
        return Arrays.stream(all)
                .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElse(defaultValue);
    }

    /// Adds the settings as members of JSON.
    public void writeTo(ObjectNode json) {
        json.put("detail_level", detail.name().toLowerCase(Locale.ROOT))
                .put("diff_layout", diffs.name().toLowerCase(Locale.ROOT))
                .put("long_lines", longLines.name().toLowerCase(Locale.ROOT));
    }

    public ReadingSettings withDetail(DetailLevel other) {
        return new ReadingSettings(other, diffs, longLines);
    }

    public ReadingSettings withDiffs(DiffLayout other) {
        return new ReadingSettings(detail, other, longLines);
    }

    public ReadingSettings withLongLines(LongLines other) {
        return new ReadingSettings(detail, diffs, other);
    }
}
