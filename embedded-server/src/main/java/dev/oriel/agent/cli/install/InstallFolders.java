package dev.oriel.agent.cli.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The folders that may contain a `claude` executable, likeliest first.
///
/// A window that was started from a desktop often has a shorter `PATH` than the user's shell.
/// Therefore the folders of the native installer, npm, Homebrew and the version managers of Node
/// are included.
final class InstallFolders {
    private final HostMachine machine;
    private final List<Path> folders = new ArrayList<>();

    private InstallFolders(HostMachine machine) {
        this.machine = machine;
    }

    static List<Path> of(HostMachine machine) {
        InstallFolders places = new InstallFolders(machine);
        places.path();
        places.home(".local/bin", ".claude/local", ".claude/local/node_modules/.bin");
        places.variables();
        switch (machine.os()) {
            case WINDOWS -> places.windows();
            case MACOS -> {
                places.home("Library/pnpm");
                places.system("opt/homebrew/bin", "usr/local/bin", "opt/local/bin");
            }
            case LINUX -> {
                places.home(".linuxbrew/bin");
                places.system(
                        "usr/local/bin", "usr/bin", "home/linuxbrew/.linuxbrew/bin", "snap/bin");
            }
        }
        places.home(
                ".npm-global/bin",
                ".npm-packages/bin",
                ".bun/bin",
                ".volta/bin",
                ".yarn/bin",
                ".local/share/pnpm",
                ".asdf/shims",
                ".local/share/mise/shims",
                "node_modules/.bin");
        places.nodeVersions();
        return places.folders.stream().distinct().toList();
    }

    private void path() {
        String path = machine.variable("PATH");
        if (path == null) {
            return;
        }
        for (String each : path.split(String.valueOf(machine.pathSeparator()))) {
            // An empty or relative entry means the current folder: nothing is started from there.
            absolute(each.replace("\"", "")).ifPresent(folders::add);
        }
    }

    private void variables() {
        for (String name : List.of("NPM_CONFIG_PREFIX", "npm_config_prefix")) {
            String prefix = machine.variable(name);
            if (prefix != null) {
                absolute(prefix)
                        .ifPresent(p -> folders.add(machine.isWindows() ? p : p.resolve("bin")));
            }
        }
        for (String name : List.of("BUN_INSTALL", "VOLTA_HOME")) {
            String folder = machine.variable(name);
            if (folder != null) {
                absolute(folder).ifPresent(p -> folders.add(p.resolve("bin")));
            }
        }
        for (String name : List.of("PNPM_HOME", "NVM_SYMLINK", "NVM_BIN")) {
            String folder = machine.variable(name);
            if (folder != null) {
                absolute(folder).ifPresent(folders::add);
            }
        }
    }

    private void windows() {
        under("APPDATA", "npm");
        under("LOCALAPPDATA", "Microsoft/WinGet/Links", "pnpm", "Volta/bin");
        under("ProgramFiles", "nodejs");
        home("AppData/Roaming/npm", "scoop/shims");
    }

    private void nodeVersions() {
        String nvm = machine.variable("NVM_DIR");
        Path nvmHome =
                nvm == null
                        ? machine.home().resolve(".nvm")
                        : absolute(nvm).orElse(machine.home().resolve(".nvm"));
        eachVersion(nvmHome.resolve("versions/node"), "bin");
        eachVersion(machine.home().resolve(".local/share/fnm/node-versions"), "installation/bin");
    }

    /// Adds the folders of all versions, the newest first: names such as `v22.3.0`, compared as
    /// numbers.
    private void eachVersion(Path folder, String bin) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> versions = Files.list(folder)) {
            versions.sorted(
                            Comparator.comparing((Path p) ->
                                            CliVersion.parse(p.getFileName().toString()))
                                    .reversed())
                    .forEach(v -> folders.add(v.resolve(bin)));
        } catch (IOException | UncheckedIOException e) {
            // A folder that cannot be read contains no usable CLI.
        }
    }

    private void home(String... names) {
        for (String name : names) {
            folders.add(machine.home().resolve(name));
        }
    }

    private void system(String... names) {
        for (String name : names) {
            folders.add(machine.root().resolve(name));
        }
    }

    private void under(String variable, String... names) {
        String folder = machine.variable(variable);
        if (folder != null) {
            for (String name : names) {
                absolute(folder).ifPresent(p -> folders.add(p.resolve(name)));
            }
        }
    }

    private static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
