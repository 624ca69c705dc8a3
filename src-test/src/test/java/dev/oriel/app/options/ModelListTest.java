package dev.oriel.app.options;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelListTest {
    private static ModelList list(String... models) {
        ObjectNode reply = Json.object();
        ArrayNode all = reply.putArray("models");
        for (String model : models) {
            all.add(json(model));
        }
        return ModelList.known(AgentModel.listFrom(reply));
    }

    private final ModelList current =
            list(
                    "{'value':'default','displayName':'Default (recommended)',"
                            + "'resolvedModel':'claude-opus-5-5','supportsAdaptiveThinking':true,"
                            + "'supportedEffortLevels':['low','high','max']}",
                    "{'value':'opus','displayName':'Opus','resolvedModel':'claude-opus-5-5'}",
                    "{'value':'haiku','displayName':'Haiku','resolvedModel':'claude-haiku-4-5',"
                            + "'supportsEffort':false}",
                    "{'value':'gem','displayName':'Gem','supportsAdaptiveThinking':true}");

    @ParameterizedTest
    @CsvSource({
        "claude-opus-5-5, Opus 5.5",
        "claude-haiku-4-5-20251001, Haiku 4.5",
        "claude-sonnet-5, Sonnet 5",
        "claude-opus-4-1[1m], Opus 4.1 1M",
        "claude-3-5-sonnet-20241022, Sonnet 3.5",
        "us.anthropic.claude-opus-4-1-v1:0, us.anthropic.claude-opus-4-1-v1:0",
        "claude-x, claude-x",
        "my_model, my_model",
    })
    void aFullNameIsShortenedOnlyIfItsFormIsKnown(String full, String shown) {
        assertThat(ModelName.of(full)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, default, Opus 5.5",
                "opus, opus, Opus 5.5",
                "claude-opus-5-5, default, Opus 5.5",
                "claude-haiku-4-5, haiku, Haiku 4.5",
                "gem, gem, Gem",
                "claude-sonnet-5-5, null, Sonnet 5.5",
                "own, null, own",
            })
    void aSessionsModelIsFoundByItsAliasOrItsFullName(String model, String value, String name) {
        AgentModel found = current.find(model);
        assertThat(found == null ? null : found.value()).isEqualTo(value);
        assertThat(current.name(model)).isEqualTo(name);
    }

    @Test
    void withoutAListTheDefaultHasNoOtherName() {
        assertThat(ModelList.NONE.name(null)).isEqualTo("Default model");
        assertThat(ModelList.NONE.name("claude-opus-5-5")).isEqualTo("Opus 5.5");
    }

    @Test
    void theThinkingThatIsOfferedDependsOnTheModel() {
        assertThat(current.thinking(null))
                .isEqualTo(new ThinkingChoice.Levels(List.of("low", "high", "max")));
        assertThat(current.thinking("haiku")).isInstanceOf(ThinkingChoice.Budget.class);
        assertThat(current.thinking("gem")).isEqualTo(new ThinkingChoice.None());
        assertThat(current.thinking("own")).isInstanceOf(ThinkingChoice.Levels.class);
        // CLIs up to 2.1.112 report nothing but names.
        assertThat(list("{'value':'default','displayName':'Default'}").thinking(null))
                .isInstanceOf(ThinkingChoice.Budget.class);
    }

    @Test
    void aHostileListIsReadWithinBounds() {
        ObjectNode reply = Json.object();
        ArrayNode all = reply.putArray("models");
        all.add(1);
        all.add("text");
        all.addObject().put("value", " ");
        all.addObject().putObject("value");
        ObjectNode levels = all.addObject().put("value", "m").put("displayName", "");
        ArrayNode many = levels.putArray("supportedEffortLevels");
        for (int i = 0; i < 5_000; i++) {
            many.add("level" + i);
            all.addObject().put("value", "m" + i);
        }
        List<AgentModel> models = AgentModel.listFrom(reply);
        assertThat(models).hasSize(100);
        assertThat(models.getFirst().name()).isEqualTo("m");
        assertThat(models.getFirst().thinking())
                .isInstanceOfSatisfying(
                        ThinkingChoice.Levels.class, l -> assertThat(l.levels()).hasSize(10));
        assertThat(AgentModel.listFrom(Json.object().put("models", "none"))).isEmpty();
    }
}
