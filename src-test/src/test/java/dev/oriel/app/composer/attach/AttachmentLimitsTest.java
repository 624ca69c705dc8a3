package dev.oriel.app.composer.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.composer.attach.AttachmentLimits.ImagePlan;
import dev.oriel.app.composer.attach.DraftAttachment.Kind;
import dev.oriel.app.composer.attach.DraftAttachment.Status;
import dev.oriel.app.media.ImageHeader;
import dev.oriel.app.media.MediaFormat;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentLimitsTest {
    private static ImagePlan plan(MediaFormat format, int width, int height, long bytes) {
        return AttachmentLimits.plan(new ImageHeader(format, width, height, false), bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "PNG, 1568, 1568, 3932160",
        "JPEG, 1, 1, 1",
        "GIF, 800, 600, 100",
        "WEBP, 7999, 8000, 3932160"
    })
    void anImageWithinTheLimitsIsSentAsItIs(MediaFormat format, int w, int h, long bytes) {
        assertThat(plan(format, w, h, bytes)).isEqualTo(new ImagePlan.AsItIs());
    }

    @ParameterizedTest
    @CsvSource({
        "PNG, 1569, 100, 10, 1568, 100",
        "JPEG, 3000, 6000, 10, 784, 1568",
        "PNG, 100, 100, 3932161, 100, 100",
        "BMP, 40, 30, 10, 40, 30",
        "PNG, 30000, 1, 10, 1568, 1"
    })
    void aLargerOneIsScaledToTheLongerEdge(
            MediaFormat format, int w, int h, long bytes, int toW, int toH) {
        assertThat(plan(format, w, h, bytes)).isEqualTo(new ImagePlan.Scaled(toW, toH));
    }

    @ParameterizedTest
    @CsvSource({
        "WEBP, 8001, 10, 10, pixels",
        "WEBP, 10, 10, 3932161, at most",
        "HEIC, 0, 0, 10, HEIC",
        "AVIF, 0, 0, 10, AVIF",
        "PNG, 0, 0, 10, damaged",
        "PDF, 0, 0, 10, not an image"
    })
    void whatCannotBeSentIsRefusedWithTheReason(
            MediaFormat format, int w, int h, long bytes, String reason) {
        assertThat(plan(format, w, h, bytes))
                .isInstanceOfSatisfying(
                        ImagePlan.Refused.class, r -> assertThat(r.reason()).contains(reason));
    }

    private static DraftAttachment image(long bytes) {
        return new DraftAttachment(
                "i", Kind.IMAGE, "", "", MediaFormat.PNG, bytes, 9, 9, 0, new Status.Ready());
    }

    @Test
    void theHundredAndFirstImageAndTooManyBytesInAllAreRefused() {
        assertThat(
                        AttachmentLimits.refusal(
                                Collections.nCopies(99, image(10)), image(10), 5_500_000))
                .isEmpty();
        assertThat(
                        AttachmentLimits.refusal(
                                Collections.nCopies(100, image(10)), image(10), 5_500_000))
                .contains("100 images");
        assertThat(AttachmentLimits.refusal(List.of(image(5_000_000)), image(500_000), 5_500_000))
                .isEmpty();
        assertThat(AttachmentLimits.refusal(List.of(image(5_000_000)), image(500_001), 5_500_000))
                .contains("5.5 MB");
    }

    @Test
    void aPasteIsLongFromFourThousandCharactersOrSixtyLines() {
        assertThat(LongPaste.isLong("x".repeat(3_999))).isFalse();
        assertThat(LongPaste.isLong("x".repeat(4_000))).isTrue();
        assertThat(LongPaste.isLong("x\n".repeat(59))).isFalse();
        assertThat(LongPaste.isLong("x\n".repeat(60))).isTrue();
        assertThat(LongPaste.lines("a\r\nb\rc\n")).isEqualTo(3);
        assertThat(LongPaste.lines("")).isEqualTo(1);
    }
}
