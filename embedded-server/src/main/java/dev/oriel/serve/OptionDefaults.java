package dev.oriel.serve;

import dev.oriel.dialect.FileRights;
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

/// Options that were not given: from the environment (`ORIEL_PORT`), else from a config file
/// (`port=6743`).
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
            // Only a file that was named can say where the data is: else it stands there itself.
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
                refuseForeign(path, named, arg);
                try (Reader reader = Files.newBufferedReader(path)) {
                    known.load(reader);
                } catch (IOException | IllegalArgumentException e) {
                    throw refusal(arg, "The config file cannot be read");
                }
                refuseUnknown(known, arg);
                if (known.containsKey("config") || (!named && known.containsKey("data"))) {
                    throw refusal(
                            arg,
                            "The config file in the data folder cannot set 'data' or 'config'; give"
                                    + " them as an option");
                }
            }
            file = known;
        }
        return known;
    }

    /// A file that every user can write to would let every user say who may do what here. In a data
    /// folder that every user can write to, every user may have made it.
    private static void refuseForeign(Path path, boolean named, ArgSpec arg) {
        try {
            if (FileRights.of(path).writableByEveryone()) {
                throw refusal(
                        arg,
                        "Every user of this computer can change the config file %s or put another"
                                        .formatted(path)
                                + " in its place. Run chmod o-w on it and on its folder.");
            }
            Path folder = path.toAbsolutePath().getParent();
            if (!named && folder != null && FileRights.of(folder).writableByEveryone()) {
                throw refusal(
                        arg,
                        "Every user of this computer can write to the data folder %s. Run chmod o-w"
                                        .formatted(folder)
                                + " on it, or choose another with --data.");
            }
        } catch (IOException e) {
            throw refusal(arg, "The config file cannot be read");
        }
    }

    private static void refuseUnknown(Properties properties, ArgSpec arg) {
        for (String name : properties.stringPropertyNames()) {
            if (arg.command().findOption("--" + name) == null) {
                throw refusal(arg, "The config file has an unknown option '" + name + "'");
            }
        }
    }

    private static ParameterException refusal(ArgSpec arg, String why) {
        return new ParameterException(arg.command().commandLine(), why);
    }

    private Path path(ArgSpec arg) {
        String config = given(arg, "config");
        if (config != null) {
            return Path.of(config);
        }
        String data = given(arg, "data");
        return (data == null ? DataFolder.defaultPath() : Path.of(data)).resolve("oriel.conf");
    }

    /// What was given for an option on the command line or in the environment.
    private @Nullable String given(ArgSpec arg, String option) {
        var spec = arg.command().findOption("--" + option);
        if (spec != null && !spec.originalStringValues().isEmpty()) {
            return spec.originalStringValues().getLast();
        }
        return environment.get(variable(option));
    }
}
