package dev.oriel.account.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.account.check.CheckResult.Model;
import dev.oriel.testing.api.CannedHttpServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Programs that run models, recognised by replies of the forms that theirs have.
class LocalServersTest {
    private final CannedHttpServer server = new CannedHttpServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private List<FoundServer> find(LocalProgram program) throws Exception {
        return new LocalServers(p -> p == program ? server.port() : 0).find();
    }

    private FoundServer findOne(LocalProgram program) throws Exception {
        List<FoundServer> found = find(program);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().program()).isEqualTo(program);
        assertThat(found.getFirst().baseUrl()).isEqualTo(server.url());
        return found.getFirst();
    }

    private static Model model(String id) {
        return new Model(id, id);
    }

    @Test
    void ollamaIsFoundWithItsModels() throws Exception {
        server.on("/api/version", 200, "{\"version\":\"0.14.1\"}")
                .on(
                        "/api/tags",
                        200,
                        "{\"models\":[{\"name\":\"qwen3-coder:30b\",\"model\":\"x\",\"size\":1}]}");

        FoundServer found = findOne(LocalProgram.OLLAMA);

        assertThat(found.version()).isEqualTo("0.14.1");
        assertThat(found.models()).containsExactly(model("qwen3-coder:30b"));
        assertThat(found.toJson())
                .hasToString(
                        "{\"program\":\"ollama\",\"name\":\"Ollama\",\"base_url\":\"%s\","
                                        .formatted(server.url())
                                + "\"version\":\"0.14.1\",\"models\":[{\"id\":\"qwen3-coder:30b\","
                                + "\"display_name\":\"qwen3-coder:30b\"}]}");
    }

    @Test
    void lmStudioIsFoundWithoutItsModelsOfVectors() throws Exception {
        server.on(
                "/api/v0/models",
                200,
                "{\"object\":\"list\",\"data\":[{\"id\":\"devstral\",\"object\":\"model\","
                        + "\"type\":\"llm\"},{\"id\":\"nomic\",\"type\":\"embeddings\"}]}");

        assertThat(findOne(LocalProgram.LM_STUDIO).models()).containsExactly(model("devstral"));
    }

    @Test
    void llamaCppIsFound() throws Exception {
        server.on("/props", 200, "{\"default_generation_settings\":{},\"build_info\":\"b6000\"}")
                .on("/v1/models", 200, "{\"object\":\"list\",\"data\":[{\"id\":\"m.gguf\"}]}");

        FoundServer found = findOne(LocalProgram.LLAMA_CPP);

        assertThat(found.version()).isEqualTo("b6000");
        assertThat(found.models()).containsExactly(model("m.gguf"));
    }

    @Test
    void vllmIsFound() throws Exception {
        server.on("/version", 200, "{\"version\":\"0.11\"}")
                .on(
                        "/v1/models",
                        200,
                        "{\"object\":\"list\",\"data\":[{\"id\":\"q\",\"owned_by\":\"vllm\"}]}");

        assertThat(findOne(LocalProgram.VLLM).models()).containsExactly(model("q"));
    }

    @ParameterizedTest
    @EnumSource(LocalProgram.class)
    void anotherServerOnTheSamePortIsNoneOfThem(LocalProgram program) throws Exception {
        for (String path :
                List.of("/", "/api/version", "/api/tags", "/props", "/version", "/v1/models")) {
            server.on(path, _ -> new CannedHttpServer.Reply(200, "text/html", "<html></html>"));
        }

        assertThat(find(program)).isEmpty();
    }

    @Test
    void noHeaderOfARequestIsAKey() throws Exception {
        find(LocalProgram.OLLAMA);

        assertThat(server.requests())
                .isNotEmpty()
                .allSatisfy(r ->
                        assertThat(r.headers()).doesNotContainKeys("authorization", "x-api-key"));
    }

    @Test
    void nothingIsFoundWhereNothingListens() throws Exception {
        server.close();

        assertThat(find(LocalProgram.VLLM)).isEmpty();
    }
}
