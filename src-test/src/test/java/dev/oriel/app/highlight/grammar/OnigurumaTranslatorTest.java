package dev.oriel.app.highlight.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expressions in Oniguruma's syntax match what Oniguruma matches.
class OnigurumaTranslatorTest {
    private static String firstMatch(String expression, String text) {
        String java = OnigurumaTranslator.toJava(expression, true, true);
        Matcher m =
                Pattern.compile(java, Pattern.MULTILINE | Pattern.UNIX_LINES)
                        .matcher(text.replace("↵", "\n"));
        return m.find() ? m.group().replace("\n", "↵") : "no match";
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '§',
            delimiterString = " ~ ",
            value = {
                // hexadecimal digits, which are white space in Java
                "0x\\h+ ~ a 0xFfg ~ 0xFf",
                "[\\h_]+ ~ xyz a_1 ~ a_1",
                "\\H+ ~ abxy ~ xy",
                // classes
                "[[:alpha:]]+ ~ 12ab3 ~ ab",
                "[^[:alpha:]]+ ~ ab12c ~ 12",
                "[[:alnum:]_]+ ~ -a1_- ~ a1_",
                "[[:^space:]]+ ~ -a b ~ -a",
                "[[:word:]]+ ~ -ab ~ ab",
                "[]a]+ ~ xa]x ~ a]",
                "[^]a]+ ~ a]xy] ~ xy",
                "[a-c[x-z]]+ ~ -bz- ~ bz",
                "[^a-c[x-z]]+ ~ bzmn ~ mn",
                "[a-z&&[^aeiou]]+ ~ aebc ~ bc",
                "[\\w-.]+ ~ #a-b.c# ~ a-b.c",
                "[-a]+ ~ xa-x ~ a-",
                "\\p{upper}+ ~ abCD ~ CD",
                "\\p{alnum}+ ~ -a1- ~ a1",
                "\\p{^L}+ ~ ab12 ~ 12",
                "[\\p{L}\\d]+ ~ -é1- ~ é1",
                // quantifiers and braces
                "a{,2}b ~ aaab ~ aab",
                "a{2}+b ~ aaaab ~ aaaab",
                "a\\s+{0,1}b ~ a  b ~ a  b",
                "a{2,1}b ~ aab ~ aab",
                "{a} ~ x{a} ~ {a}",
                "\\${ ~ ${x} ~ ${",
                "a++b ~ aab ~ aab",
                "x{1 ~ x{1 ~ x{1",
                // look-behind of any length
                "(?<=a+)b ~ aaab ~ b",
                "(?<!a*x)b ~ axb ~ no match",
                "(?<=a{2,})b ~ aab ~ b",
                "(?<=a|bcd)e ~ bcde ~ e",
                // groups
                "(?<one>a)(?<t_wo>b)\\k<t_wo>\\1 ~ abba ~ abba",
                "(?<p>\\((?:[^()]|\\g<p>)*\\)) ~ f((a)b)c ~ ((a)b)",
                "(\\[\\g<1>?\\]) ~ [[]] ~ [[]]",
                "(?m:a.b) ~ a↵b ~ a↵b",
                "(?i)AB ~ xab ~ ab",
                "a(?#remark)b ~ ab ~ ab",
                "(?~ab)ab ~ xyab ~ xyab",
                "(?>a+)b ~ aab ~ aab",
                // anchors
                "^b ~ a↵b ~ b",
                "a$ ~ a↵b ~ a",
                "\\Aa ~ ba ~ no match",
                "b\\z ~ ab ~ b",
                "a\\z ~ a↵b ~ no match",
                // escapes
                "\\x{e9} ~ é ~ é",
                "\\#\\-\\@ ~ #-@ ~ #-@",
                "\\Q ~ Q ~ Q",
                "a\\Kb ~ ab ~ ab",
                "\\N+ ~ a↵b ~ a",
                "a\\O ~ a↵b ~ a↵",
                "\\0 ~ a ~ no match",
            })
    void matches(String expression, String text, String match) {
        assertThat(firstMatch(expression, text)).isEqualTo(match);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '§',
            delimiterString = " ~ ",
            value = {
                "[ ~ (",
                "\\ ~ )",
                "(?<a ~ [[",
                "\\k<a ~ \\g<9>",
                "(?< ~ \\p{",
                "(?~ ~ [a&&",
                "{1,2,3} ~ a{999999}"
            })
    void brokenExpressionsDoNotEndTheWindow(String one, String other) {
        for (String each : new String[] {one, other}) {
            LineRegex regex = new LineRegex(each, new CharacterSet.Classes());
            BoundedText line = new BoundedText("text\n", new BoundedText.Steps(1_000));
            assertThat(regex.find(line, 0, true, true)).isLessThan(5);
        }
    }
}
