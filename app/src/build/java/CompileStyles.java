import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.css.Stylesheet;

/// Run by the build: compiles each style sheet to the binary form, which JavaFX loads instead of
/// the text. Parsing the text at every start takes several times as long.
public final class CompileStyles {
    private CompileStyles() {}

    /// @param args the folder of the classes
    public static void main(String[] args) throws IOException {
        List<Path> sheets;
        try (Stream<Path> all = Files.walk(Path.of(args[0]))) {
            sheets = all.filter(file -> file.toString().endsWith(".css")).sorted().toList();
        }
        for (Path sheet : sheets) {
            String name = sheet.getFileName().toString().replaceFirst("\\.css$", ".bss");
            Stylesheet.convertToBinary(sheet.toFile(), sheet.resolveSibling(name).toFile());
        }
    }
}
