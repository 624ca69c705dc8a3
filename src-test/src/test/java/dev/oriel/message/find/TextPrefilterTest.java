package dev.oriel.message.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPrefilterTest {
    private static final List<String> PARTS =
            List.of(
                    "a",
                    "b",
                    "K",
                    "kelvin",
                    "Index",
                    "miss",
                    "s",
                    "i",
                    "I",
                    "42",
                    "x1",
                    " ",
                    " ",
                    " ",
                    "\n",
                    "\n\n",
                    "\t",
                    "_",
                    "*",
                    "**",
                    "`",
                    "``",
                    "```\n",
                    "~~",
                    "~",
                    "[",
                    "]",
                    "](u)",
                    "](http://a.b/c)",
                    "(",
                    ")",
                    "![",
                    "<",
                    ">",
                    "<br>",
                    "<a@b.c>",
                    "<http://x>",
                    "&",
                    "&amp;",
                    "&#65;",
                    "&#x6b;",
                    "&lt;",
                    "\\",
                    "\\*",
                    "\\\\",
                    "|",
                    "| ",
                    "---",
                    "|---|",
                    "# ",
                    "- ",
                    "1. ",
                    "> ",
                    " ##",
                    "ı",
                    "İ",
                    "ſ",
                    "\u212A",
                    "ß",
                    "é",
                    "e\u0301",
                    "日本",
                    "語",
                    "한글",
                    "😀",
                    "𐐀",
                    "𐐨",
                    "\u00A0",
                    "\u001b[31m",
                    "\u0007",
                    "\"",
                    "/",
                    "`` ",
                    " `",
                    "` a",
                    "a_*b*",
                    "™",
                    "№",
                    "\u2028",
                    "Σς");

    private static final List<String> FORMS =
            List.of(
                    "{'type':'assistant','message':{'content':[{'type':'text','text':%s}]}}",
                    "{'type':'assistant','message':{'content':%s}}",
                    "{'type':'assistant','parent_tool_use_id':'t','message':{'content':["
                            + "{'type':'text','text':%s}]}}",
                    "{'type':'assistant','message':{'content':[{'type':'thinking','thinking':%s}]}}",
                    "{'type':'assistant','message':{'content':[{'type':'tool_use','name':'Bash',"
                            + "'input':{'command':%s}}]}}",
                    "{'type':'user','message':{'content':%s}}",
                    "{'type':'user','message':{'content':[{'type':'document','source':"
                            + "{'type':'text','data':%s}}]}}",
                    "{'type':'user','message':{'content':[{'type':'tool_result',"
                            + "'tool_use_id':'t','content':%s}]},'tool_use_result':"
                            + "{'structuredPatch':[{'lines':[%1$s]}]}}",
                    "{'type':'result','errors':[%s]}",
                    "{'type':'system','subtype':'informational','content':%s}");

    private final SplittableRandom random = new SplittableRandom(7);

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String document() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 40); i > 0; i--) {
            text.append(any(PARTS));
        }
        return text.toString();
    }

    /// A string of JSON, in which each character can be written with an escape.
    private String json(String text, int escapesIn100) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean must = c == '"' || c == '\\' || c < ' ';
            if (c == '\n' && random.nextBoolean()) {
                json.append("\\n");
            } else if (c == '/' && random.nextBoolean()) {
                json.append("\\/");
            } else if ((c == '"' || c == '\\') && random.nextBoolean()) {
                json.append('\\').append(c);
            } else if (must || random.nextInt(100) < escapesIn100) {
                String digits = String.format(Locale.ROOT, "%04x", (int) c);
                json.append("\\u")
                        .append(random.nextBoolean() ? digits : digits.toUpperCase(Locale.ROOT));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private Message message() throws Exception {
        String text = json(document(), any(List.of(0, 0, 0, 1, 30)));
        return Message.parse(String.format(Locale.ROOT, any(FORMS).replace('\'', '"'), text));
    }

    private TextQuery query(String of) {
        int from = random.nextInt(of.length());
        String sought =
                of.substring(from, random.nextInt(from, Math.min(of.length(), from + 9)) + 1);
        StringBuilder other = new StringBuilder();
        for (int i = 0; i < sought.length(); i++) {
            char c = sought.charAt(i);
            switch (random.nextInt(6)) {
                case 0 -> other.append(Character.toUpperCase(c));
                case 1 -> other.append(Character.toLowerCase(c));
                default -> other.append(c);
            }
        }
        return new TextQuery(
                other.toString(), random.nextInt(3) == 0, random.nextInt(4) == 0, false);
    }

    /// A regular expression that matches what the query says, among other things.
    private TextQuery expression(TextQuery of) {
        StringBuilder expression = new StringBuilder();
        for (char c : of.text().toCharArray()) {
            String literal =
                    Character.isLetterOrDigit(c) || Character.isSurrogate(c)
                            ? String.valueOf(c)
                            : c < 0x80 && c > ' ' ? "\\" + c : ".";
            switch (random.nextInt(20)) {
                case 0 -> expression.append('.');
                case 1 -> expression.append("z?").append(literal);
                case 2 -> expression.append(literal).append('+');
                case 3 -> expression.append(literal).append("{1,3}");
                case 4 -> expression.append("(z|").append(literal).append(")");
                case 5 -> expression.append("(?:q*)").append(literal);
                case 6 -> expression.append("[^\\n]");
                case 7 -> expression.append("(?i)").append(literal);
                case 8 -> expression.append("(?=.)").append(literal);
                case 9 -> expression.append("(?<!zz)").append(literal);
                case 10 -> expression.append("q*?").append(literal);
                case 11 -> expression.append(literal).append("q{0}");
                case 12 -> expression.append("\\S");
                case 13 -> expression.append("zz|").append(literal);
                default -> expression.append(literal);
            }
        }
        return new TextQuery(expression.toString(), of.matchCase(), of.wholeWord(), true);
    }

    private static int count(TextQuery query, Message message) throws Exception {
        SearchDeadline deadline = SearchDeadline.in(Duration.ofMinutes(1).toNanos());
        return query.matcher().find(MessageText.of(message), deadline, (_, _) -> {});
    }

    @Test
    void noMessageWithAMatchIsRejected() throws Exception {
        int matches = 0;
        int rejected = 0;
        String before = "x";
        for (int i = 0; i < 20_000; i++) {
            Message message = message();
            String text = MessageText.of(message);
            TextQuery query = query(random.nextInt(4) == 0 || text.isEmpty() ? before : text);
            before = text.isEmpty() ? before : text;
            if (random.nextInt(3) == 0) {
                query = expression(query);
            }
            boolean passes = query.prefilter().mayMatch(message);
            int count;
            try {
                count = count(query, message);
            } catch (InvalidQueryException e) {
                continue;
            }
            assertThat(passes || count == 0).as("%s in %s", query, message).isTrue();
            matches += count > 0 ? 1 : 0;
            rejected += passes ? 0 : 1;
        }
        assertThat(matches).isGreaterThan(5_000);
        assertThat(rejected).isGreaterThan(500);
    }

    /// A letter is equal to every unit that has the same upper and then lower case.
    @Test
    void theFilterKnowsAllLettersThatAreEqualToOneOfAscii() {
        StringBuilder others = new StringBuilder();
        for (int c = 0x80; c <= Character.MAX_VALUE; c++) {
            if (LiteralMatcher.fold((char) c) < 0x80) {
                others.append((char) c);
            }
        }
        assertThat(others.toString()).isEqualTo("\u0130\u0131\u017F\u212A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "needle",
                "nee*dl*e",
                "n`e`edle",
                "[nee](u)dle",
                "a`` needle ``",
                "NEEDLE",
                "nee&#100;le",
                "<needle@x>",
                "![nee](u (v))dle",
                "nee\\u0064le"
            })
    void whatMarkdownShowsAsTheTextPasses(String markdown) throws Exception {
        String json = FORMS.getFirst().replace('\'', '"').formatted('"' + markdown + '"');
        Message message = Message.parse(json);
        TextQuery query = TextQuery.of("needle");
        assertThat(count(query, message)).isEqualTo(1);
        assertThat(query.prefilter().mayMatch(message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nowhere",
                "a nowhere b",
                "no-where",
                "nowhere.*",
                "^nowhere$",
                "x?nowhere",
                "(a|b)nowhere\\d+",
                "[a-z]nowhere",
                "nowhere(?!x)",
                "\\bnowhere\\b",
                "日本"
            })
    void aMessageWithoutTheTextIsRejected(String sought) throws Exception {
        String text = "Plain\\n\\u001b[1m é \\\"quotes\\\" C:\\\\users [a](b), (c) *d* `e`.";
        Message message =
                Message.parse(FORMS.getFirst().replace('\'', '"').formatted('"' + text + '"'));
        TextQuery query = new TextQuery(sought, false, false, true);
        assertThat(query.prefilter().mayMatch(message)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            textBlock =
                    """
                    abc → abc
                    ab*c → a
                    ab+c → ab
                    abc?d → ab
                    xa{0}bcd → bcd
                    (abc)d → d
                    a|bcd → ''
                    (a|b)cd → cd
                    [abc]de → de
                    []a]de → ''
                    [a[b]]de → ''
                    [^]a]de → ''
                    a[\\]x]bc → bc
                    \\Qa*\\E → ''
                    \\x41bc → ''
                    \\p{L}bc → ''
                    (?i)bc → ''
                    (?x: a b)bc → ''
                    (?<n>a)bc → bc
                    (?<=a)bc → bc
                    (((a)b)c)de → de
                    a\\.bc → bc
                    (a\\)b)cd → cd
                    ([)]b)cd → cd
                    😀*bc → bc
                    """)
    void whatEveryMatchOfAnExpressionContainsIsKnown(String expression, String required) {
        assertThat(RequiredText.of(new TextQuery(expression, true, false, true)))
                .isEqualTo(required);
    }
}
