package dev.oriel.app.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.SendKey;
import dev.oriel.app.reading.ReadingSettings;
import dev.oriel.message.Json;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The user's settings. Immutable.
///
/// @param textSize size of body text in pixels, [#MIN_TEXT_SIZE] to [#MAX_TEXT_SIZE]; all other
///   sizes scale with it
/// @param cliPath path of the `claude` CLI; empty to search for it
/// @param defaultFolder folder of new sessions; empty for the home folder
/// @param allowBypass whether sessions of the window's own server may use the permission mode
///   `bypassPermissions`
/// @param network settings of connections to other servers
/// @param updates whether Oriel may check for new versions
/// @param reading how conversations are shown
public record Settings(
        ThemeChoice theme,
        int textSize,
        String cliPath,
        String defaultFolder,
        SendKey sendKey,
        boolean reducedMotion,
        boolean allowBypass,
        NetworkSettings network,
        UpdateChoice updates,
        ReadingSettings reading) {
    public static final int MIN_TEXT_SIZE = 11;
    public static final int MAX_TEXT_SIZE = 28;
    public static final int DEFAULT_TEXT_SIZE = 15;
    public static final Settings DEFAULTS =
            new Settings(
                    ThemeChoice.SYSTEM,
                    DEFAULT_TEXT_SIZE,
                    "",
                    "",
                    SendKey.ENTER,
                    false,
                    false,
                    NetworkSettings.DEFAULTS,
                    UpdateChoice.ASK,
                    ReadingSettings.DEFAULTS);

    public Settings {
        textSize = Math.clamp(textSize, MIN_TEXT_SIZE, MAX_TEXT_SIZE);
    }

    /// Reads settings from JSON. A value that is missing or unknown to this version is replaced by
    /// its default.
    static Settings fromJson(ObjectNode json) {
        return new Settings(
                choice(ThemeChoice.values(), json.path("theme").textValue(), DEFAULTS.theme),
                json.path("text_size").asInt(DEFAULTS.textSize),
                json.path("cli_path").asText(""),
                json.path("default_folder").asText(""),
                choice(SendKey.values(), json.path("send_key").textValue(), DEFAULTS.sendKey),
                json.path("reduced_motion").asBoolean(),
                json.path("allow_bypass").asBoolean(),
                NetworkSettings.fromJson(json),
                choice(UpdateChoice.values(), json.path("updates").textValue(), DEFAULTS.updates),
                ReadingSettings.fromJson(json));
    }

    private static <E extends Enum<E>> E choice(E[] all, @Nullable String name, E defaultValue) {
        return Arrays.stream(all)
                .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElse(defaultValue);
    }

    ObjectNode toJson() {
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
        network.writeTo(json);
        reading.writeTo(json);
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
                network,
                updates,
                reading);
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
                network,
                updates,
                reading);
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
                network,
                updates,
                reading);
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
                network,
                updates,
                reading);
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
                network,
                updates,
                reading);
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
                network,
                updates,
                reading);
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
                network,
                updates,
                reading);
    }

    public Settings withNetwork(NetworkSettings other) {
        return new Settings(
                theme,
                textSize,
                cliPath,
                defaultFolder,
                sendKey,
                reducedMotion,
                allowBypass,
                other,
                updates,
                reading);
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
                network,
                choice,
                reading);
    }

    public Settings withReading(ReadingSettings choices) {
        return new Settings(
                theme,
                textSize,
                cliPath,
                defaultFolder,
                sendKey,
                reducedMotion,
                allowBypass,
                network,
                updates,
                choices);
    }
}
