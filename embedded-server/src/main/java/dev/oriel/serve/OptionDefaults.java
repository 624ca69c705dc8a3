package dev.oriel.serve;

import dev.oriel.platform.FileRights;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The values of options that are not on the command line: from the environment (`ORIEL_PORT`),
/// otherwise from a config file (`port=6743`).
final class OptionDefaults implements IDefaultValueProvider {
    private final Map<String, String> environment;
    private @Nullable Properties file;

    /// For picocli.
    OptionDefaults() {
        this(System.getenv());
    }

    OptionDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        if (!(arg instanceof OptionSpec option)) {
            return null;
        }
        List<String> names =
                Stream.of(option.names())
                        .filter(n -> n.startsWith("--"))
                        .map(n -> n.substring(2))
                        .toList();
        if (names.contains("help") || names.contains("version")) {
            return null;
        }
        for (String name : names) {
            String fromEnvironment = environment.get(variable(name));
            if (fromEnvironment != null) {
                return fromEnvironment;
            }
        }
        for (String name : names) {
            String fromFile = fromFile(name, arg);
            if (fromFile != null) {
                return fromFile;
            }
        }
        return null;
    }

    private @Nullable String fromFile(String name, ArgSpec arg) {
        return switch (name) {
            case "config" -> null;
            // A config file in the data folder cannot move the data folder.
            case "data" -> given(arg, "config") == null ? null : file(arg).getProperty(name);
            default -> file(arg).getProperty(name);
        };
    }

    private static String variable(String option) {
        return "ORIEL_" + option.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private Properties file(ArgSpec arg) {
        Properties known = file;
        if (known == null) {
            known = new Properties();
            Path path = path(arg);
            boolean named = given(arg, "config") != null;
            if (named || Files.exists(path)) {
                rejectForeign(path, named, arg);
                try (Reader reader = Files.newBufferedReader(path)) {
                    known.load(reader);
                } catch (IOException | IllegalArgumentException e) {
                    throw invalid(arg, "The config file cannot be read");
                }
                rejectUnknown(known, arg);
                if (known.containsKey("config") || (!named && known.containsKey("data"))) {
                    throw invalid(
                            arg,
                            "The config file in the data folder cannot set 'data' or 'config'; give"
                                    + " them as an option");
                }
            }
            file = known;
        }
        return known;
    }

    /// The file grants permissions, so it is rejected if every user can write to it, or could have
    /// created it because every user can write to the data folder.
    private static void rejectForeign(Path path, boolean named, ArgSpec arg) {
        try {
            if (FileRights.of(path).writableByEveryone()) {
                throw invalid(
                        arg,
                        "Every user of this computer can change the config file %s or put another"
                                        .formatted(path)
                                + " in its place. Run chmod o-w on it and on its folder.");
            }
            Path folder = path.toAbsolutePath().getParent();
            if (!named && folder != null && FileRights.of(folder).writableByEveryone()) {
                throw invalid(
                        arg,
                        "Every user of this computer can write to the data folder %s. Run chmod o-w"
                                        .formatted(folder)
                                + " on it, or choose another with --data.");
            }
        } catch (IOException e) {
            throw invalid(arg, "The config file cannot be read");
        }
    }

    private static void rejectUnknown(Properties properties, ArgSpec arg) {
        for (String name : properties.stringPropertyNames()) {
            if (arg.command().findOption("--" + name) == null) {
                throw invalid(arg, "The config file has an unknown option '" + name + "'");
            }
        }
    }

    private static ParameterException invalid(ArgSpec arg, String problem) {
        return new ParameterException(arg.command().commandLine(), problem);
    }

    private Path path(ArgSpec arg) {
        String config = given(arg, "config");
        if (config != null) {
            return Path.of(config);
        }
        String data = given(arg, "data");
        return (data == null ? DataFolder.defaultPath() : Path.of(data)).resolve("oriel.conf");
    }

    /// The value of an option on the command line or in the environment.
    private @Nullable String given(ArgSpec arg, String option) {
        var spec = arg.command().findOption("--" + option);
        if (spec != null && !spec.originalStringValues().isEmpty()) {
            return spec.originalStringValues().getLast();
        }
        return environment.get(variable(option));
    }
}
