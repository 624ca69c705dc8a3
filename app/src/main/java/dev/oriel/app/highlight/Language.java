package dev.oriel.app.highlight;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A language that can be coloured.
///
/// It is found by the word after the fence of a code block ([#ofFence]) or by a file's name
/// ([#ofFile]).
public enum Language {
    JAVA("Java", "java", "", ".java .jav"),
    KOTLIN("Kotlin", "kotlin", "kt kts", ".kt .kts"),
    PYTHON("Python", "python", "py py3 python3 pycon", ".py .pyi .pyw SConstruct"),
    JAVASCRIPT("JavaScript", "javascript", "js mjs cjs node", ".js .mjs .cjs .es6"),
    TYPESCRIPT("TypeScript", "typescript", "ts mts cts", ".ts .mts .cts"),
    JSX("JSX", "jsx", "javascriptreact", ".jsx"),
    TSX("TSX", "tsx", "typescriptreact", ".tsx"),
    HTML("HTML", "html", "htm xhtml", ".html .htm .xhtml"),
    CSS("CSS", "css", "", ".css"),
    SCSS("SCSS", "scss", "", ".scss"),
    LESS("Less", "less", "", ".less"),
    JSON("JSON", "json", "json5 jsonl ndjson geojson", ".json .jsonl .webmanifest .map .ipynb"),
    JSONC("JSON", "jsonc", "", ".jsonc .json5 tsconfig.json"),
    YAML("YAML", "yaml", "yml", ".yaml .yml .clang-format"),
    TOML("TOML", "toml", "", ".toml Cargo.lock poetry.lock uv.lock"),
    XML("XML", "xml", "svg xsd xslt fxml pom", ".xml .svg .xsd .xsl .fxml .plist .csproj .props"),
    SQL("SQL", "sql", "postgres postgresql mysql sqlite plsql tsql", ".sql .ddl"),
    SHELL(
            "Shell",
            "shellscript",
            "sh bash zsh ksh shell",
            ".sh .bash .zsh .ksh .bashrc .zshrc .profile .bash_profile .envrc PKGBUILD"),
    SHELL_SESSION("Console", "shellsession", "console shell-session terminal", ""),
    POWERSHELL("PowerShell", "powershell", "ps ps1 pwsh posh", ".ps1 .psm1 .psd1"),
    BATCH("Batch", "bat", "batch cmd dosbatch", ".bat .cmd"),
    GO("Go", "go", "golang", ".go"),
    RUST("Rust", "rust", "rs", ".rs"),
    C("C", "c", "h", ".c .h"),
    CPP("C++", "cpp", "c++ cc cxx hpp cplusplus", ".cpp .cc .cxx .hpp .hh .hxx .ipp .inl .cppm"),
    CSHARP("C#", "csharp", "c# cs dotnet", ".cs .csx"),
    SWIFT("Swift", "swift", "", ".swift"),
    RUBY("Ruby", "ruby", "rb", ".rb .rake .gemspec .ru Gemfile Rakefile Podfile Vagrantfile"),
    PHP("PHP", "php", "", ".php .phtml"),
    DOCKERFILE(
            "Dockerfile",
            "docker",
            "dockerfile containerfile",
            ".dockerfile Dockerfile Containerfile"),
    MARKDOWN("Markdown", "markdown", "md mdown", ".md .markdown"),
    DIFF("Diff", "diff", "patch udiff", ".diff .patch"),
    SCALA("Scala", "scala", "sc", ".scala .sc .sbt"),
    GROOVY("Groovy", "groovy", "gradle", ".groovy .gradle Jenkinsfile"),
    DART("Dart", "dart", "", ".dart"),
    LUA("Lua", "lua", "", ".lua"),
    PERL("Perl", "perl", "pl", ".pl .pm"),
    R("R", "r", "rlang", ".r"),
    JULIA("Julia", "julia", "jl", ".jl"),
    ELIXIR("Elixir", "elixir", "ex exs", ".ex .exs"),
    ERLANG("Erlang", "erlang", "erl", ".erl .hrl"),
    HASKELL("Haskell", "haskell", "hs", ".hs"),
    CLOJURE("Clojure", "clojure", "clj cljs edn", ".clj .cljs .cljc .edn"),
    OCAML("OCaml", "ocaml", "ml", ".ml .mli"),
    FSHARP("F#", "fsharp", "f# fs", ".fs .fsi .fsx"),
    OBJECTIVE_C("Objective-C", "objective-c", "objc objectivec", ".m .mm"),
    ZIG("Zig", "zig", "", ".zig"),
    NIX("Nix", "nix", "", ".nix"),
    FISH("Fish", "fish", "", ".fish"),
    MAKE("Makefile", "make", "makefile mk", ".mk .mak Makefile makefile GNUmakefile"),
    CMAKE("CMake", "cmake", "", ".cmake CMakeLists.txt"),
    INI(
            "INI",
            "ini",
            "conf cfg editorconfig properties",
            ".ini .cfg .conf .editorconfig .gitconfig .properties"),
    DOTENV("Environment", "dotenv", "env", ".env"),
    HCL("HCL", "hcl", "terraform tf", ".tf .tfvars .hcl"),
    PROTO("Protocol Buffers", "proto", "protobuf", ".proto"),
    GRAPHQL("GraphQL", "graphql", "gql", ".graphql .gql"),
    NGINX("nginx", "nginx", "", "nginx.conf"),
    VUE("Vue", "vue", "", ".vue"),
    SVELTE("Svelte", "svelte", "", ".svelte"),
    LATEX("LaTeX", "latex", "tex", ".tex"),
    VIML("Vim script", "viml", "vim vimscript", ".vim .vimrc"),
    ASSEMBLY("Assembly", "asm", "assembly nasm", ".asm .s"),
    REGEX("Regular expression", "regexp", "regex", "");

    private static final Map<String, Language> BY_NAME = new HashMap<>();
    private static final Map<String, Language> BY_FILE = new HashMap<>();

    static {
        for (Language language : values()) {
            BY_NAME.put(language.grammar, language);
            BY_NAME.put(language.displayName.toLowerCase(Locale.ROOT), language);
            words(language.aliases).forEach(alias -> BY_NAME.put(alias, language));
            words(language.files)
                    .forEach(file -> BY_FILE.put(file.toLowerCase(Locale.ROOT), language));
        }
        // Two languages have this name.
        BY_NAME.put("json", JSON);
    }

    private final String displayName;
    private final String grammar;
    private final String aliases;
    private final String files;

    /// @param grammar name of its grammar file
    /// @param aliases other words for it after a fence
    /// @param files extensions with their dot, and whole names of files
    Language(String displayName, String grammar, String aliases, String files) {
        this.displayName = displayName;
        this.grammar = grammar;
        this.aliases = aliases;
        this.files = files;
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    /// Its name as text, such as `C++`.
    public String displayName() {
        return displayName;
    }

    /// The name of its grammar, such as `cpp`.
    public String grammar() {
        return grammar;
    }

    /// The names of the grammars of all languages.
    public static List<String> grammars() {
        return Arrays.stream(values()).map(Language::grammar).toList();
    }

    /// The language that the info string after a fence names; null for none or an unknown one.
    ///
    /// Understands `ts`, `C++`, `{.python .numberLines}`, `rust,ignore`, `js:src/a.js` and `java
    /// title="A"`.
    public static @Nullable Language ofFence(String info) {
        String word = info.strip().toLowerCase(Locale.ROOT);
        int start = 0;
        while (start < word.length() && "{. ".indexOf(word.charAt(start)) >= 0) {
            start++;
        }
        int end = start;
        while (end < word.length() && " \t,:;{}=(".indexOf(word.charAt(end)) < 0) {
            end++;
        }
        Language named = BY_NAME.get(word.substring(start, end));
        // A word such as `Main.java` names a file.
        return named != null ? named : ofFile(word.substring(start, end));
    }

    /// The language of a file; null if its name does not tell.
    ///
    /// @param path with `/` or `\`, or only a name
    public static @Nullable Language ofFile(String path) {
        int folder = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        String name = path.substring(folder + 1).toLowerCase(Locale.ROOT);
        Language whole = BY_FILE.get(name);
        if (whole != null) {
            return whole;
        }
        if (name.startsWith("dockerfile.") || name.startsWith("containerfile.")) {
            return DOCKERFILE;
        }
        if (name.startsWith(".env.")) {
            return DOTENV;
        }
        int dot = name.lastIndexOf('.');
        return dot < 0 ? null : BY_FILE.get(name.substring(dot));
    }
}
