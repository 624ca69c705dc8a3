package dev.oriel.app.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.MediaPlace;
import dev.oriel.message.Json;
import dev.oriel.testing.media.SampleImages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Images and documents in messages.
class MediaBlocksTest {
    private static final MediaPlace PLACE = new MediaPlace(3, 0);

    private static JsonNode json(String text) throws Exception {
        return Json.mapper().readTree(text);
    }

    private static Attachment described(String block) throws Exception {
        return MediaBlocks.describe(json(block), PLACE);
    }

    @Test
    void blocksAreFoundInTheirOrderAlsoInsideToolResults() throws Exception {
        JsonNode message =
                json(
                        """
                        {"type":"user","message":{"role":"user","content":[
                          {"type":"text","text":"no"},
                          {"type":"tool_result","tool_use_id":"a","content":[
                            {"type":"image","source":{"type":"base64","data":"QQ=="}},
                            {"type":"text","text":"no"},
                            {"type":"image","data":"Qg==","mimeType":"image/png"}]},
                          {"type":"resource","resource":{"uri":"x","blob":"Qw=="}},
                          {"type":"document","source":{"type":"text","data":"plain"}}]},
                        "tool_use_result":{"type":"image","file":{"base64":"ZZZZ"}}}
                        """);
        assertThat(MediaBlocks.in(message))
                .extracting(b -> new String(MediaBlocks.content(b), StandardCharsets.UTF_8))
                .containsExactly("A", "B", "C", "plain");
    }

    @Test
    void anImageIsDescribedByItsBytesWhateverTheSenderSays() throws Exception {
        Attachment a = described(SampleImages.block("image/jpeg", SampleImages.png(320, 240)));
        assertThat(a.label()).isEqualTo("Image, 320 × 240, PNG");
        assertThat(a.place()).isEqualTo(PLACE);
    }

    @ParameterizedTest
    @CsvSource({
        "audio/mpeg, audio/mpeg",
        "audio/x-wav; rate=8000, audio/x-wav; rate=8000",
        "application/vnd.a.b+json, application/vnd.a.b+json",
        "audio/\u202e3pm, ''",
        "'audio/a\nb', ''",
        "nonsense, ''"
    })
    void onlyTheNameOfATypeIsShown(String given, String known) throws Exception {
        String block =
                Json.object().put("type", "audio").put("data", "QQ==").put("mimeType", given) + "";

        assertThat(described(block).mediaType()).isEqualTo(known);
    }

    @Test
    void somethingThatIsNoImageIsNoImage() throws Exception {
        Attachment a =
                described(SampleImages.block("image/png", SampleImages.startingWith("%PDF-1.4")));
        assertThat(a.kind()).isNotEqualTo(Attachment.Kind.IMAGE);
        assertThat(a.mediaType()).isEqualTo("application/pdf");
    }

    @Test
    void aDocumentHasItsTitleAndSize() throws Exception {
        Attachment a =
                described(
                        """
                        {"type":"document","title":"report.pdf","source":{"type":"base64",
                         "media_type":"application/pdf","data":"%s"}}\
                        """
                                .formatted(
                                        SampleImages.base64(SampleImages.startingWith("%PDF-"))));
        assertThat(a.label()).isEqualTo("Document, report.pdf, PDF, 200 bytes");
    }

    @Test
    void aTextFileOfAPromptIsADocumentAndThatOfAToolIsNot() throws Exception {
        JsonNode message =
                json(
                        """
                        {"message":{"content":[{"type":"tool_result","content":[
                          {"type":"document","source":{"type":"text","data":"x"}}]},
                          {"type":"document","title":"/a/b.md",
                           "source":{"type":"text","media_type":"text/plain","data":"é👍"}}]}}
                        """);
        JsonNode content = message.at("/message/content");
        Attachment file = MediaBlocks.attachments(content, 7).getFirst();
        assertThat(file.label()).isEqualTo("Document, b.md, text, 6 bytes");
        assertThat(file.hasContent()).isTrue();
        JsonNode block = MediaBlocks.in(message).get(file.place().index());
        assertThat(MediaBlocks.content(block)).asString().isEqualTo("é👍");
        assertThat(MediaBlocks.describe(message, content.path(0), 7)).isEmpty();
    }

    @Test
    void anImageByAddressHasNoContentAndIsNotFetched() throws Exception {
        Attachment a =
                described(
                        """
                        {"type":"image","source":{"type":"url","url":"https://x.test/a/cat.png"}}\
                        """);
        assertThat(a.hasContent()).isFalse();
        assertThat(a.label()).isEqualTo("Image, cat.png");
    }

    @Test
    void contentThatIsNotBase64IsEmpty() throws Exception {
        JsonNode block =
                json("{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"data\":\"A\"}}");
        assertThat(MediaBlocks.content(block)).isEmpty();
        assertThat(MediaBlocks.describe(block, PLACE).width()).isZero();
    }

    @Test
    void strangeBlocksAreDescribedWithoutAnError() throws Exception {
        for (String block :
                List.of(
                        "{\"type\":\"image\"}",
                        "{\"type\":\"image\",\"source\":7}",
                        "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"data\":[]}}",
                        "{\"type\":\"audio\",\"data\":\"\"}",
                        "{\"type\":\"what\"}")) {
            assertThat(described(block).label()).isNotBlank();
            assertThat(described(block).hasContent()).isFalse();
        }
    }
}
