package dev.oriel.app.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.SendKey;
import dev.oriel.app.reading.ReadingSettings;
import dev.oriel.message.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The user's settings. Immutable.
///
/// @param textSize size of body text in pixels, [#MIN_TEXT_SIZE] to [#MAX_TEXT_SIZE]; all other
///   sizes scale with it
/// @param cliPath path of the `claude` CLI; empty to search for it
/// @param defaultFolder folder of new sessions; empty for the home folder
/// @param allowBypass whether sessions of the window's own server may use the permission mode
///   `bypassPermissions`
/// @param tools of sessions with an account of the Messages API, on the window's own server
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
        AgentTools tools,
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
                    AgentTools.DEFAULTS,
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
                AgentTools.fromJson(json),
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
        tools.writeTo(json);
        network.writeTo(json);
        reading.writeTo(json);
        return json;
    }

    /// A copy in which some components are changed.
    private Settings with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.toSettings();
    }

    public Settings withTheme(ThemeChoice choice) {
        return with(p -> p.theme = choice);
    }

    public Settings withTextSize(int pixels) {
        return with(p -> p.textSize = pixels);
    }

    public Settings withCliPath(String path) {
        return with(p -> p.cliPath = path);
    }

    public Settings withDefaultFolder(String folder) {
        return with(p -> p.defaultFolder = folder);
    }

    public Settings withSendKey(SendKey key) {
        return with(p -> p.sendKey = key);
    }

    public Settings withReducedMotion(boolean reduced) {
        return with(p -> p.reducedMotion = reduced);
    }

    public Settings withAllowBypass(boolean allow) {
        return with(p -> p.allowBypass = allow);
    }

    public Settings withTools(AgentTools other) {
        return with(p -> p.tools = other);
    }

    public Settings withNetwork(NetworkSettings other) {
        return with(p -> p.network = other);
    }

    public Settings withUpdates(UpdateChoice choice) {
        return with(p -> p.updates = choice);
    }

    public Settings withReading(ReadingSettings choices) {
        return with(p -> p.reading = choices);
    }

    /// The components, to be changed.
    private static final class Parts {
        private ThemeChoice theme;
        private int textSize;
        private String cliPath;
        private String defaultFolder;
        private SendKey sendKey;
        private boolean reducedMotion;
        private boolean allowBypass;
        private AgentTools tools;
        private NetworkSettings network;
        private UpdateChoice updates;
        private ReadingSettings reading;

        Parts(Settings of) {
            theme = of.theme;
            textSize = of.textSize;
            cliPath = of.cliPath;
            defaultFolder = of.defaultFolder;
            sendKey = of.sendKey;
            reducedMotion = of.reducedMotion;
            allowBypass = of.allowBypass;
            tools = of.tools;
            network = of.network;
            updates = of.updates;
            reading = of.reading;
        }

        Settings toSettings() {
            return new Settings(
                    theme,
                    textSize,
                    cliPath,
                    defaultFolder,
                    sendKey,
                    reducedMotion,
                    allowBypass,
                    tools,
                    network,
                    updates,
                    reading);
        }
    }
}
