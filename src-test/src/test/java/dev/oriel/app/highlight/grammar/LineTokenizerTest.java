package dev.oriel.app.highlight.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules of grammars do what those of the reference implementation do.
class LineTokenizerTest {
    /// A grammar of these patterns, written with single quotes.
    private static Grammar grammar(String patterns) {
        String json = "{'scopeName':'source','patterns':[%s],'repository':{}}".formatted(patterns);
        return fromJson(json.replace('\'', '"'));
    }

    private static Grammar fromJson(String json) {
        try {
            return new Grammar(new GrammarLibrary(List.of()), new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Each token with its innermost scopes, the outermost one left out.
    private static String tokens(Grammar grammar, String... lines) {
        List<String> all = new ArrayList<>();
        LineState state = null;
        for (String line : lines) {
            Grammar.TokenizedLine tokens = grammar.tokenize(line, state);
            state = tokens.state();
            assertThat(tokens.whole()).isTrue();
            for (Grammar.Token t : tokens.tokens()) {
                List<String> names = t.scopes().names();
                String text = line.substring(t.start(), t.end());
                all.add(
                        names.size() == 1
                                ? text
                                : text + ":" + String.join(">", names.subList(1, names.size())));
            }
        }
        return String.join("|", all);
    }

    @Test
    void theFirstMatchWinsAndOfEqualOnesTheFirstRule() {
        Grammar g = grammar("{'match':'bc','name':'x'},{'match':'ab','name':'y'},{'match':'a'}");
        assertThat(tokens(g, "abc")).isEqualTo("ab:y|c");
        assertThat(tokens(g, "zbc")).isEqualTo("z|bc:x");
    }

    @Test
    void aBlockReachesOverLinesAndHasAContent() {
        Grammar g =
                grammar(
                        """
                        {'begin':'/\\\\*','end':'\\\\*/','name':'comment','contentName':'inner',
                         'beginCaptures':{'0':{'name':'open'}}}\
                        """);
        assertThat(tokens(g, "a/*b", "c", "d*/e"))
                .isEqualTo(
                        "a|/*:comment>open|b:comment>inner|c:comment>inner|d:comment>inner"
                                + "|*/:comment|e");
    }

    @Test
    void anEndRefersToItsBegin() {
        Grammar g = grammar("{'begin':'<(\\\\w+)','end':'\\\\1>','name':'s'}");
        assertThat(tokens(g, "<ab a> ab>x")).isEqualTo("<ab:s| a> :s|ab>:s|x");
        assertThat(tokens(g, "<a.b")).isEqualTo("<a:s|.b:s");
    }

    @Test
    void textInAnEndIsTakenLiterally() {
        Grammar g = grammar("{'begin':'<(.)','end':'\\\\1>','name':'s'}");
        assertThat(tokens(g, "<.x>.>y")).isEqualTo("<.:s|x>:s|.>:s|y");
        assertThat(tokens(g, "<(x(>y")).isEqualTo("<(:s|x:s|(>:s|y");
    }

    @Test
    void aConditionHoldsForConsecutiveLines() {
        Grammar g =
                grammar(
                        "{'begin':'^>','while':'^>','name':'q',"
                                + "'patterns':[{'match':'b','name':'x'}]}");
        assertThat(tokens(g, ">ab", ">b", "ab")).isEqualTo(">:q|a:q|b:q>x|>:q|b:q>x|ab");
    }

    @Test
    void capturesNestAndAreSplitFurther() {
        Grammar g =
                grammar(
                        """
                        {'match':'(a(b))(cde)','name':'m','captures':{'1':{'name':'one'},
                         '2':{'name':'two'},'3':{'name':'t',
                         'patterns':[{'match':'d','name':'d'}]}}}\
                        """);
        assertThat(tokens(g, "abcdef")).isEqualTo("a:m>one|b:m>one>two|c:m>t|d:m>t>d|e:m>t|f");
    }

    @Test
    void namesContainCapturedText() {
        Grammar g = grammar("{'match':'<(\\\\w+)','name':'tag.$1.x ${1:/downcase}'}");
        assertThat(tokens(g, "<Br")).isEqualTo("<Br:tag.Br.x>br");
    }

    @Test
    void theAnchorIsWhereTheLastRuleEnded() {
        Grammar g =
                grammar(
                        """
                        {'begin':'a','end':'(?!\\\\G)','name':'s',
                         'patterns':[{'match':'\\\\Gb','name':'b'}]}\
                        """);
        assertThat(tokens(g, "abb")).isEqualTo("a:s|b:s>b|b");
    }

    @Test
    void theStartOfTheTextIsOnlyInTheFirstLine() {
        Grammar g = grammar("{'match':'\\\\A#!','name':'x'}");
        assertThat(tokens(g, "#!", "#!")).isEqualTo("#!:x|#!");
    }

    @Test
    void anInjectionIsAddedWhereItsSelectorMatches() {
        Grammar g =
                fromJson(
                        """
                        {"scopeName":"source","patterns":[
                          {"begin":"'","end":"'","name":"string"},
                          {"begin":"/","end":"/","name":"comment"}],
                         "injections":{"L:source - comment":{"patterns":[
                          {"match":"TODO","name":"todo"}]}}}\
                        """);
        assertThat(tokens(g, "TODO 'TODO' /TODO/"))
                .isEqualTo(
                        "TODO:todo| |':string|TODO:string>todo|':string| |/:comment"
                                + "|TODO:comment|/:comment");
    }

    @Test
    void rulesThatDoNotAdvanceDoNotLoop() {
        assertThat(tokens(grammar("{'match':'(?=a)','name':'x'}"), "aa")).isEqualTo("aa");
        assertThat(tokens(grammar("{'begin':'(?=a)','end':'(?=a)','name':'x'}"), "aa"))
                .contains("aa");
        assertThat(
                        tokens(
                                grammar(
                                        "{'begin':'(?=a)','end':'z','name':'x',"
                                                + "'patterns':[{'include':'$self'}]}"),
                                "aa"))
                .contains("aa");
    }

    @Test
    void includesOfUnknownRulesAreIgnored() {
        Grammar g = grammar("{'include':'#no'},{'include':'no.such'},{'match':'a','name':'x'}");
        assertThat(tokens(g, "ab")).isEqualTo("a:x|b");
    }

    /// Time grows with the fifth power of the length of the line.
    @Test
    void anExpressionThatNeedsTooManyStepsEndsTheLineAndNotTheBlock() {
        Grammar g = grammar("{'match':'^a*a*a*a*a*!!','name':'x'},{'match':'b','name':'y'}");
        Grammar.TokenizedLine line = g.tokenize("a".repeat(800) + "!b", null);
        assertThat(line.whole()).isFalse();
        assertThat(line.steps()).isEqualTo(Grammar.MAX_STEPS);
        Grammar.TokenizedLine next = g.tokenize("ab", line.state());
        assertThat(next.tokens()).hasSize(2);
    }

    @Test
    void anExpressionThatNestsTooDeepMatchesNothing() {
        Grammar g = grammar("{'match':'^(a|b|c)*$','name':'x'},{'match':'!','name':'y'}");
        Grammar.TokenizedLine line = g.tokenize("abc".repeat(60_000) + "!", null);
        assertThat(line.tokens().getLast().scopes().name()).isEqualTo("y");
    }

    @Test
    void aCaptureThatIsSplitIntoItselfEnds() {
        Grammar g =
                grammar(
                        """
                        {'match':'(a+)','name':'x',
                         'captures':{'1':{'patterns':[{'include':'$self'}]}}}\
                        """);
        assertThat(g.tokenize("aaa", null).tokens().getFirst().scopes().names().size())
                .isLessThan(300);
        assertThat(tokens(g, "b")).isEqualTo("b");
    }

    @Test
    void codeThatOpensEndlesslyManyRulesOpensOnlySome() {
        Grammar g = grammar("{'begin':'<','end':'>','name':'x','patterns':[{'include':'$self'}]}");
        LineState state = null;
        for (int i = 0; i < 50; i++) {
            Grammar.TokenizedLine line = g.tokenize("<".repeat(100), state);
            assertThat(line.tokens().getLast().scopes().names().size()).isLessThan(300);
            state = line.state();
        }
        assertThat(g.tokenize(">".repeat(400) + "y", state).tokens().getLast().scopes().names())
                .containsExactly("source");
    }
}
