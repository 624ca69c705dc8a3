import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Copies from the jar of the Messages API's SDK, and of what it needs, the classes that Oriel can
/// reach: those named, directly or not, in the constant pools of a few roots. The SDK has 134 MB of
/// classes, most of them for other parts of the API.
///
/// Usage: `java TrimSdk.java FOLDER CLASSPATH`. The classes of Jackson's core are left out; Oriel
/// has its own. `TrimmedSdkTest` runs every way in which Oriel uses the SDK on the result.
final class TrimSdk {
    private static final String SDK = "com/anthropic/";

    private static final List<String> ROOTS =
            List.of(
                    SDK + "client/AnthropicClientImpl",
                    SDK + "core/ClientOptions",
                    SDK + "core/ClientOptions$Builder",
                    SDK + "models/messages/MessageCreateParams",
                    SDK + "services/blocking/MessageServiceImpl",
                    SDK + "services/blocking/ModelServiceImpl",
                    SDK + "helpers/ThinkingWarningsKt",
                    SDK + "internal/telemetry/RequestAttributes");

    /// Classes that no call of Oriel reaches.
    private static final Pattern CUT =
            Pattern.compile(
                    "^com/anthropic/services/(async|blocking)/(?!messages/)[a-z]+/"
                            + "|^com/anthropic/helpers/(?!Thinking)"
                            + "|^com/anthropic/models/"
                            + "(beta|organization|files|skills|userprofiles|messages/batches)/"
                            + "|^com/anthropic/core/(StructuredOutputs|JsonSchema)"
                            + "|^kotlin/reflect/jvm/internal/impl/"
                            + "|^io/opentelemetry/api/(metrics|logs|incubator)/"
                            + "|^com/fasterxml/jackson/(core|databind|annotation)/");

    private static final Pattern REFERENCE = Pattern.compile("L([\\w/$]+)[;<]");
    private static final Pattern LICENCE =
            Pattern.compile("META-INF/(licenses/.+|(LICENSE|NOTICE)[^/]*)");
    private static final int LONGEST_DESCRIPTOR = 4000;

    private final Map<String, byte[]> classes = new TreeMap<>();
    private final Map<String, String> jars = new TreeMap<>(); // of each class
    private final Map<String, byte[]> licences = new TreeMap<>(); // by jar and file
    private final Deque<String> open = new ArrayDeque<>(ROOTS);
    private final Set<String> reached = new TreeSet<>();

    private TrimSdk() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        TrimSdk trim = new TrimSdk();
        for (String jar : args[1].split(Pattern.quote(File.pathSeparator))) {
            if (jar.endsWith(".jar")) {
                trim.read(Path.of(jar));
            }
        }
        trim.follow();
        for (String name : trim.reached) {
            write(folder.resolve(name + ".class"), trim.classes.get(name));
        }
        trim.writeLicences(folder.resolve("META-INF"));
    }

    /// The licences lie beside each other, so that the collection of the package's finds them.
    private void writeLicences(Path folder) throws IOException {
        Set<String> used = new TreeSet<>();
        reached.forEach(name -> used.add(jars.get(name)));
        List<String> names = used.stream().map(TrimSdk::withoutVersion).toList();
        for (Map.Entry<String, byte[]> licence : licences.entrySet()) {
            if (names.stream().anyMatch(n -> licence.getKey().startsWith(n + "-"))) {
                write(folder.resolve("LICENSE-" + licence.getKey()), licence.getValue());
            }
        }
        String notice =
                "Parts of these libraries, each under the Apache License 2.0 unless a file here"
                        + " says otherwise:\n\n"
                        + String.join("\n", used)
                        + "\n";
        write(folder.resolve("NOTICE"), notice.getBytes(StandardCharsets.UTF_8));
    }

    private void read(Path jar) throws IOException {
        String library = jar.getFileName().toString().replaceFirst("[.]jar$", "");
        try (JarFile zip = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName();
                if (LICENCE.matcher(name).matches() && !entry.isDirectory()) {
                    String file = name.substring("META-INF/".length()).replace('/', '-');
                    licences.put(withoutVersion(library) + "-" + file, bytes(zip, entry));
                } else if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                    String type = name.substring(0, name.length() - ".class".length());
                    if (classes.putIfAbsent(type, bytes(zip, entry)) == null) {
                        jars.put(type, library);
                    }
                }
            }
        }
    }

    private static String withoutVersion(String jar) {
        return jar.replaceFirst("-[0-9].*", "");
    }

    private static byte[] bytes(JarFile zip, JarEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private void follow() throws IOException {
        for (String root : ROOTS) {
            if (!classes.containsKey(root)) {
                throw new IOException("The SDK has no class " + root + ".");
            }
        }
        while (!open.isEmpty()) {
            String name = open.remove();
            byte[] bytes = classes.get(name);
            if (bytes == null || CUT.matcher(name).find() || !reached.add(name)) {
                continue;
            }
            for (PoolEntry entry : ClassFile.of().parse(bytes).constantPool()) {
                if (entry instanceof ClassEntry type) {
                    addType(type.asInternalName());
                } else if (entry instanceof Utf8Entry text) {
                    addDescriptor(text.stringValue());
                }
            }
        }
    }

    private void addType(String name) {
        if (name.startsWith("[")) {
            addDescriptor(name);
        } else {
            open.add(name);
        }
    }

    private void addDescriptor(String text) {
        if (text.length() < LONGEST_DESCRIPTOR && text.matches("(?s)[(L\\[].*")) {
            Matcher reference = REFERENCE.matcher(text);
            while (reference.find()) {
                open.add(reference.group(1));
            }
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
