package dev.oriel.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/// Generates man pages and shell completions from the commands themselves.
final class ManPages {
    private static final Map<String, String> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("oriel", "dev.oriel.app.OrielCommand");
        COMMANDS.put("oriel-server", "dev.oriel.serve.OrielServer");
    }

    private final BuildFolders folders;

    ManPages(BuildFolders folders) {
        this.folders = folders;
    }

    /// Writes man pages, and completions for bash, zsh and fish where each shell searches them.
    ///
    /// @param share `/usr/share` of the package
    void write(Path share) throws IOException {
        Path pages = BuildFolders.createEmpty(folders.work().resolve("manual"));
        Path man = Files.createDirectories(share.resolve("man/man1"));
        Path bash = Files.createDirectories(share.resolve("bash-completion/completions"));
        Path zsh = Files.createDirectories(share.resolve("zsh/site-functions"));
        Path fish = Files.createDirectories(share.resolve("fish/vendor_completions.d"));
        for (var command : COMMANDS.entrySet()) {
            CommandSpec spec = spec(command.getValue());
            ManPageGenerator.generateManPage(pages.toFile(), null, new boolean[0], true, spec);
            String name = command.getKey();
            Files.writeString(bash.resolve(name), AutoComplete.bash(name, new CommandLine(spec)));
            var completions = new ShellCompletions(name, spec);
            Files.writeString(zsh.resolve("_" + name), completions.formatZsh());
            Files.writeString(fish.resolve(name + ".fish"), completions.formatFish());
        }
        try (Asciidoctor asciidoctor = Asciidoctor.Factory.create()) {
            for (Path page : JarLayout.all(pages)) {
                String text = Files.readString(page);
                String name = page.getFileName().toString().replace(".adoc", ".1");
                String roff =
                        asciidoctor.convert(
                                text,
                                Options.builder()
                                        .backend("manpage")
                                        .safe(SafeMode.SAFE)
                                        .standalone(true)
                                        .attributes(
                                                Attributes.builder()
                                                        .attribute("reproducible", "")
                                                        .attribute(
                                                                "docdate",
                                                                folders.time()
                                                                        .toString()
                                                                        .substring(0, 10))
                                                        .build())
                                        .build());
                Files.write(man.resolve(name + ".gz"), gzip(roff.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static CommandSpec spec(String type) {
        try {
            var constructor = Class.forName(type).getDeclaredConstructor();
            constructor.setAccessible(true);
            return new CommandLine(constructor.newInstance()).getCommandSpec();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no command in " + type, e);
        }
    }

    /// Without a time in the header, so that the same text gives the same bytes.
    static byte[] gzip(byte[] data) throws IOException {
        var out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(data);
        }
        return out.toByteArray();
    }

    static List<String> programs() {
        return List.copyOf(COMMANDS.keySet());
    }
}
