package dev.oriel.app.highlight;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// A snippet in each of the languages that must be coloured, and the classes of some of its words.
public final class LanguageSamples {
    public static final Map<Language, Sample> ALL = new EnumMap<>(Language.class);

    /// @param classes of words; the first occurrence of a word in the code is meant
    public record Sample(String code, Map<String, SyntaxClass> classes) {}

    private LanguageSamples() {}

    public static Sample of(Language language) {
        return Objects.requireNonNull(ALL.get(language));
    }

    /// @param classes lines of a class and words of it, separated by `|`
    private static void add(Language language, String code, String classes) {
        Map<String, SyntaxClass> words = new LinkedHashMap<>();
        classes.lines()
                .forEach(line -> {
                    int colon = line.indexOf(": ");
                    SyntaxClass kind =
                            SyntaxClass.valueOf(line.substring(0, colon).toUpperCase(Locale.ROOT));
                    for (String word : line.substring(colon + 2).split("\\|")) {
                        words.put(word, kind);
                    }
                });
        ALL.put(language, new Sample(code, words));
    }

    static {
        add(
                Language.JAVA,
                """
                package a.b;
                /** The doc. */
                @Deprecated
                public final class Foo extends Bar {
                    private static final int N = 0x1F; // the remark
                    String s = "text\\n" + true;
                    void run() { if (s == null) { println(this); } }
                }
                """,
                """
                keyword: package|public|final|class|extends|private|int|void|if
                string: "text
                escape: \\n
                comment: /** The doc. */|// the remark
                number: 0x1F
                constant: true|null
                type: Foo|Bar|String
                function: run|println
                meta: @Deprecated
                """);
        add(
                Language.KOTLIN,
                """
                // the remark
                data class Foo(val name: String = "text", var n: Int = 42)
                fun run(x: Foo?): Boolean = when (x) { null -> false else -> true }
                """,
                """
                keyword: data|class|val|fun|when
                string: "text"
                comment: // the remark
                number: 42
                constant: null|false
                function: run
                """);
        add(
                Language.PYTHON,
                """
                import os
                @cached
                class Foo(Bar):
                    def run(self, n=42):  # the remark
                        if n is None and True:
                            return f"text {n} end"
                """,
                """
                keyword: import|class|def|if|is|and|return
                string: text
                comment: # the remark
                number: 42
                constant: None|True
                function: run
                type: Foo|Bar
                meta: cached
                """);
        add(
                Language.JAVASCRIPT,
                """
                import { a } from 'text';
                // the remark
                const f = async (x) => { if (typeof x === "one") return new Map([[1, null]]); };
                console.log(`t ${f(true)} e`, /re+/g);
                """,
                """
                keyword: import|from|const|async|if|typeof|return|new
                string: 'text'|"one"|/re+/
                comment: // the remark
                number: 1
                constant: null|true
                function: log
                """);
        add(
                Language.TYPESCRIPT,
                """
                /* the remark */
                export interface Foo<T> extends Bar { readonly id: number; s?: string }
                function run(x: Foo<string>, n = 42): void { throw new Error('text'); }
                """,
                """
                keyword: export|interface|extends|readonly|function|throw|new
                string: 'text'
                comment: /* the remark */
                number: 42
                type: Foo|Bar|number
                function: run
                """);
        add(
                Language.JSX,
                """
                const a = <div className="text" onClick={() => run(42)}>Hello</div>; // the remark
                """,
                """
                keyword: const
                tag: div
                attribute: className
                string: "text"
                number: 42
                comment: // the remark
                """);
        add(
                Language.TSX,
                """
                export const A = ({ n }: Props) => <Foo id="text" n={42}>{n}</Foo>; // the remark
                """,
                """
                keyword: export|const
                type: Props
                attribute: id
                string: "text"
                number: 42
                comment: // the remark
                """);
        add(
                Language.HTML,
                """
                <!doctype html>
                <!-- the remark -->
                <p class="text">a &amp; b</p>
                <script>const x = 42; // inner</script>
                <style>p { color: red; }</style>
                """,
                """
                tag: script|style
                attribute: class
                string: "text"
                escape: &amp;
                comment: <!-- the remark -->|// inner
                keyword: const
                number: 42
                property: color
                """);
        add(
                Language.CSS,
                """
                /* the remark */
                @media print { a.link { color: #ff0000; margin: 12px; content: "text"; } }
                """,
                """
                keyword: @media
                attribute: .link
                property: color|margin
                number: 12
                string: "text"
                comment: /* the remark */
                constant: ff0000
                """);
        add(
                Language.JSON,
                """
                {"key": "text", "n": 42, "b": true}
                """,
                """
                property: "key"
                string: "text"
                number: 42
                constant: true
                """);
        add(
                Language.YAML,
                """
                # the remark
                key: "text"
                list:
                  - 42
                  - true
                """,
                """
                property: key|list
                string: "text"
                number: 42
                constant: true
                comment: # the remark
                """);
        add(
                Language.TOML,
                """
                # the remark
                [table]
                key = "text"
                n = 42
                b = true
                """,
                """
                string: "text"
                number: 42
                constant: true
                comment: # the remark
                property: key
                """);
        add(
                Language.XML,
                """
                <?xml version="1.0"?>
                <!-- the remark -->
                <root attr="text"><![CDATA[ x ]]></root>
                """,
                """
                tag: root
                attribute: attr
                string: "text"
                comment: <!-- the remark -->
                """);
        add(
                Language.SQL,
                """
                -- the remark
                SELECT count(*) FROM t WHERE a = 'text' AND n > 42 ORDER BY a;
                create table u (id integer primary key);
                """,
                """
                keyword: SELECT|FROM|WHERE|AND|ORDER BY|create
                string: 'text'
                number: 42
                comment: -- the remark
                """);
        add(
                Language.SHELL,
                """
                                # the remark
                for f in "$@"; do
                  if [[ -f $f ]]; then echo "text ${f}" | grep -c 'one'; fi
                done
                git commit -m "two"
                """,
                """
                keyword: for|in|do|if|then|done
                string: text|'one'|"two"
                comment: # the remark
                function: echo|grep|git
                variable: ${f}
                """);
        add(
                Language.POWERSHELL,
                """
                # the remark
                function Get-Foo { param([string]$Name = "text", $n = 42)
                  if ($Name -eq $null) { Write-Host 'one' }
                }
                """,
                """
                keyword: function|param|if
                string: text|one
                number: 42
                variable: Name
                comment: # the remark
                function: Write-Host
                """);
        add(
                Language.GO,
                """
                package main
                // the remark
                func run(s string, n int) (*Foo, error) {
                    if n == 42 { return nil, fmt.Errorf("text %d", n) }
                    type T struct { a bool }
                    return &Foo{}, nil
                }
                """,
                """
                keyword: package|func|if|return|struct
                string: "text
                number: 42
                constant: nil
                comment: // the remark
                function: run|Errorf
                type: T
                """);
        add(
                Language.RUST,
                """
                // the remark
                #[derive(Debug)]
                pub struct Foo { n: u32 }
                impl Foo { fn run(&self) -> Option<String> { let x = 42; println!("text"); None } }
                """,
                """
                keyword: pub|struct|impl|fn|let
                string: "text"
                number: 42
                comment: // the remark
                function: run|println!
                type: Foo|Option|String
                """);
        add(
                Language.C,
                """
                #include <stdio.h>
                /* the remark */
                int main(void) { if (1 > 42) return NULL; printf("text\\n"); }
                """,
                """
                meta: #include
                keyword: int|if|return
                string: "text
                escape: \\n
                number: 42
                comment: /* the remark */
                function: main|printf
                """);
        add(
                Language.CPP,
                """
                #include <vector>
                // the remark
                template <typename T> class Foo : public Bar {
                  bool run() const { auto x = 42; return s == "text" || x == nullptr; }
                };
                """,
                """
                keyword: template|typename|class|public|bool|const|auto|return
                string: "text"
                number: 42
                comment: // the remark
                function: run
                type: Foo|Bar
                constant: nullptr
                """);
        add(
                Language.CSHARP,
                """
                using System;
                // the remark
                public class Foo : Bar { string S { get; } = $"text {42}"; void Run() => F(null); }
                """,
                """
                keyword: using|public|class|string|get|void
                string: text
                number: 42
                comment: // the remark
                type: Foo|Bar
                function: Run
                constant: null
                """);
        add(
                Language.SWIFT,
                """
                import Foundation
                // the remark
                struct Foo: Bar { let n: Int = 42
                  func run() -> String? { guard n > 1 else { return nil }; return "text" } }
                """,
                """
                keyword: import|struct|let|func|guard|else|return
                string: "text"
                number: 42
                comment: // the remark
                type: Foo
                function: run
                constant: nil
                """);
        add(
                Language.RUBY,
                """
                # the remark
                class Foo < Bar
                  def run(n = 42)
                    puts "text #{@name}" if n.nil? && true
                    { key: :sym }
                  end
                end
                """,
                """
                keyword: class|def|if|end
                string: "text
                number: 42
                comment: # the remark
                type: Foo|Bar
                function: run
                constant: :sym
                """);
        add(
                Language.PHP,
                """
                <?php
                // the remark
                class Foo extends Bar { public function run($n = 42): ?string { return 'text'; } }
                echo strlen("one");
                """,
                """
                keyword: class|extends|public|function|return
                string: 'text'|"one"
                number: 42
                variable: $n
                comment: // the remark
                type: Foo|Bar
                function: run|strlen
                """);
        add(
                Language.DOCKERFILE,
                """
                # the remark
                FROM debian:13 AS build
                RUN apt-get update && echo "text"
                """,
                """
                keyword: FROM|AS|RUN
                string: "text"
                comment: # the remark
                """);
        add(
                Language.MARKDOWN,
                """
                # The title

                Some `code` and a [link](https://example.org).

                - one

                ```js
                const x = 42;
                ```
                """,
                """
                heading: # The title
                string: `code`
                link: https://example.org
                keyword: const
                number: 42
                """);
        add(
                Language.DIFF,
                """
                --- a/x
                +++ b/x
                @@ -1,2 +1,2 @@
                -the old
                +the new
                """,
                """
                deleted: -the old
                inserted: +the new
                meta: @@ -1,2 +1,2 @@
                """);
    }
}
