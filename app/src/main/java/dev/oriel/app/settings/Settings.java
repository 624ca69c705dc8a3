package dev.oriel.app.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.SendKey;
import dev.oriel.message.Json;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a person has set.
///
/// @param textSize of prose, pixels, [#SMALLEST_TEXT] to [#LARGEST_TEXT]; everything else keeps its
///   proportion to it
/// @param cliPath where the `claude` CLI is; empty to look for it
/// @param allowBypass whether sessions of the window's own server may run without ever asking
/// @param way to servers elsewhere
/// @param updates whether Oriel may look for new versions
/// @param defaultFolder where a session begins; empty for the home folder
public record Settings(
        ThemeChoice theme,
        int textSize,
        String cliPath,
        String defaultFolder,
        SendKey sendKey,
        boolean reducedMotion,
        boolean allowBypass,
        Way way,
        UpdateChoice updates) {
    public static final int SMALLEST_TEXT = 11;
    public static final int LARGEST_TEXT = 28;
    public static final int USUAL_TEXT = 15;
    public static final Settings DEFAULTS =
            new Settings(
                    ThemeChoice.SYSTEM,
                    USUAL_TEXT,
                    "",
                    "",
                    SendKey.ENTER,
                    false,
                    false,
                    Way.USUAL,
                    UpdateChoice.ASK);

    public Settings {
        textSize = Math.clamp(textSize, SMALLEST_TEXT, LARGEST_TEXT);
    }

    /// Reads leniently: what is missing, or means nothing to this version, is the default.
    static Settings of(ObjectNode json) {
        return new Settings(
                choice(ThemeChoice.values(), json.path("theme").textValue(), DEFAULTS.theme),
                json.path("text_size").asInt(DEFAULTS.textSize),
                json.path("cli_path").asText(""),
                json.path("default_folder").asText(""),
                choice(SendKey.values(), json.path("send_key").textValue(), DEFAULTS.sendKey),
                json.path("reduced_motion").asBoolean(),
                json.path("allow_bypass").asBoolean(),
                Way.of(json),
                choice(UpdateChoice.values(), json.path("updates").textValue(), DEFAULTS.updates));
    }

    private static <E extends Enum<E>> E choice(E[] all, @Nullable String word, E otherwise) {
        return Arrays.stream(all)
                .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElse(otherwise);
    }

    ObjectNode json() {
        ObjectNode json =
                Json.object()
                        .put("theme", theme.name().toLowerCase(Locale.ROOT))
                        .put("text_size", textSize)
                        .put("cli_path", cliPath)
                        .put("default_folder", defaultFolder)
                        .put("send_key", sendKey.name().toLowerCase(Locale.ROOT))
                        .put("reduced_motion", reducedMotion)
                        .put("allow_bypass", allowBypass)
                        .put("updates", updates.name().toLowerCase(Locale.ROOT));
        way.into(json);
        return json;
    }

    public Settings withTheme(ThemeChoice choice) {
        return new Settings(
                choice,
                textSize,
                cliPath,
                defaultFolder,
                sendKey,
                reducedMotion,
                allowBypass,
                way,
                updates);
    }

    public Settings withTextSize(int pixels) {
        return new Settings(
                theme,
                pixels,
                cliPath,
                defaultFolder,
                sendKey,
                reducedMotion,
                allowBypass,
                way,
                updates);
    }

    public Settings withCliPath(String path) {
        return new Settings(
                theme,
                textSize,
                path,
                defaultFolder,
                sendKey,
                reducedMotion,
                allowBypass,
                way,
                updates);
    }

    public Settings withDefaultFolder(String folder) {
        return new Settings(
                theme,
                textSize,
                cliPath,
                folder,
                sendKey,
                reducedMotion,
                allowBypass,
                way,
                updates);
    }

    public Settings withSendKey(SendKey key) {
        return new Settings(
                theme,
                textSize,
                cliPath,
                defaultFolder,
                key,
                reducedMotion,
                allowBypass,
                way,
                updates);
    }

    public Settings withReducedMotion(boolean reduced) {
        return new Settings(
                theme,
                textSize,
                cliPath,
                defaultFolder,
                sendKey,
                reduced,
                allowBypass,
                way,
                updates);
    }

    public Settings withAllowBypass(boolean allow) {
        return new Settings(
                theme,
                textSize,
                cliPath,
                defaultFolder,
                sendKey,
                reducedMotion,
                allow,
                way,
                updates);
    }

    public Settings withWay(Way other) {
        return new Settings(
                theme,
                textSize,
                cliPath,
                defaultFolder,
                sendKey,
                reducedMotion,
                allowBypass,
                other,
                updates);
    }

    public Settings withUpdates(UpdateChoice choice) {
        return new Settings(
                theme,
                textSize,
                cliPath,
                defaultFolder,
                sendKey,
                reducedMotion,
                allowBypass,
                way,
                choice);
    }
}
