package dev.oriel.agent.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.testing.api.ListedModels;
import java.net.URI;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which models there are, and what is known of them.
class ModelCatalogTest {
    private static final URI ANTHROPIC = URI.create("https://api.anthropic.com");
    private static final URI GATEWAY = URI.create("https://gateway.example/anthropic");

    private final ListedModels api =
            new ListedModels(
                    "{\"id\":\"claude-haiku-5-5\"}",
                    "{\"id\":\"claude-opus-5-5\",\"display_name\":\"Claude Opus 5.5\"}",
                    "{\"id\":\"claude-opus-5-20260724\"}");

    @Test
    void theNewestOfTheUsualFamilyIsTheDefault() throws Exception {
        ModelCatalog models = catalog(ANTHROPIC, null);
        assertThat(models.find(null)).isNull();
        assertThat(models.list(new CancelScope()))
                .extracting(ModelInfo::id)
                .containsExactly("claude-opus-5-5", "claude-haiku-5-5", "claude-opus-5-20260724");
        assertThat(found(models, null).id()).isEqualTo("claude-opus-5-5");
        assertThat(found(models, "default").displayName()).isEqualTo("Claude Opus 5.5");
        assertThat(api.requests()).isEqualTo(1);
    }

    @Test
    void anAliasIsTheNewestOfItsFamily() throws Exception {
        ModelCatalog models = catalog(ANTHROPIC, "haiku");
        assertThat(found(models, "sonnet").id()).isEqualTo("claude-sonnet-5-5");
        models.list(new CancelScope());
        assertThat(found(models, null).id()).isEqualTo("claude-haiku-5-5");
        assertThat(found(models, "opus").id()).isEqualTo("claude-opus-5-5");
        assertThat(found(models, "sonnet").id()).isEqualTo("sonnet");
    }

    @Test
    void aServerOfOtherModelsHasItsFirstAsDefault() throws Exception {
        ModelCatalog models =
                new ModelCatalog(
                        new ListedModels("{\"id\":\"qwen3-coder\",\"max_model_len\":32768}"),
                        URI.create("http://127.0.0.1:8000"),
                        null);
        models.list(new CancelScope());
        ModelInfo model = found(models, null);
        assertThat(model.id()).isEqualTo("qwen3-coder");
        assertThat(model.contextWindow()).isEqualTo(32768);
        assertThat(model.maxOutput()).isEqualTo(8000);
        assertThat(model.thinking()).isEqualTo(ModelInfo.Thinking.NONE);
        assertThat(model.price()).isNull();
    }

    @Test
    void whatTheServerSaysGoesBeforeWhatIsKnown() {
        String listed =
                "{\"max_input_tokens\":500000,\"max_tokens\":9000,\"capabilities\":{"
                        + "\"thinking\":{\"supported\":true,\"types\":{"
                        + "\"adaptive\":{\"supported\":false},\"enabled\":{\"supported\":true}}},"
                        + "\"effort\":{\"supported\":true,\"low\":{\"supported\":true},"
                        + "\"max\":{\"supported\":false}}}}";
        ModelInfo model = ModelFacts.of(ANTHROPIC, "claude-opus-5-5", ListedModels.parse(listed));
        assertThat(model.contextWindow()).isEqualTo(500_000);
        assertThat(model.maxOutput()).isEqualTo(9000);
        assertThat(model.thinking()).isEqualTo(ModelInfo.Thinking.BUDGET);
        assertThat(model.effortLevels()).containsExactly("low");
    }

    @Test
    void aModelThatIsNotListedIsKnownByItsName() {
        ModelInfo model = ModelFacts.of(ANTHROPIC, "claude-sonnet-5-5-20261101");
        assertThat(model.contextWindow()).isEqualTo(1_000_000);
        assertThat(model.thinking()).isEqualTo(ModelInfo.Thinking.ADAPTIVE);
        assertThat(model.effortLevels()).contains("xhigh");
        assertThat(ModelFacts.of(ANTHROPIC, "claude-haiku-4-5").thinking())
                .isEqualTo(ModelInfo.Thinking.BUDGET);
        assertThat(ModelFacts.of(ANTHROPIC, "claude-next-9").effortLevels()).isEmpty();
    }

    @Test
    void pricesHoldOnlyForAnthropicsServerAndTheVeryModel() {
        assertThat(PriceList.find(ANTHROPIC, "claude-opus-5-5"))
                .isEqualTo(new ModelInfo.Price(4, 20, 5, 8, 0.2));
        assertThat(PriceList.find(ANTHROPIC, "claude-opus-5-20260724"))
                .isEqualTo(new ModelInfo.Price(5, 25, 6.25, 10, 0.5));
        assertThat(PriceList.find(ANTHROPIC, "claude-opus-5-9")).isNull();
        assertThat(PriceList.find(GATEWAY, "claude-opus-5-5")).isNull();
        assertThat(LocalDate.parse(PriceList.date())).isAfter(LocalDate.of(2026, 1, 1));
    }

    @Test
    void aPriceCanDependOnTheLengthOfThePrompt() {
        ModelInfo.Price price =
                Objects.requireNonNull(PriceList.find(ANTHROPIC, "claude-haiku-5-5"));
        assertThat(price.of(100_000).input()).isEqualTo(0.1);
        assertThat(price.of(100_001)).isEqualTo(new ModelInfo.Price(0.5, 2.5, 0.625, 1, 0.05));
    }

    private ModelCatalog catalog(URI server, @Nullable String preferred) {
        return new ModelCatalog(api, server, preferred);
    }

    private static ModelInfo found(ModelCatalog models, @Nullable String name) {
        return Objects.requireNonNull(models.find(name));
    }
}
