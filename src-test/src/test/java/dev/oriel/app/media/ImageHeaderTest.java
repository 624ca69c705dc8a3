package dev.oriel.app.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.media.SampleImages;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the first bytes of an image say about it.
class ImageHeaderTest {
    private static byte[] sample(MediaFormat format, int width, int height) {
        return switch (format) {
            case PNG -> SampleImages.png(width, height);
            case JPEG -> SampleImages.jpeg(width, height);
            case GIF -> SampleImages.gif(width, 1, 1);
            case WEBP -> SampleImages.webp(width, height);
            case BMP -> SampleImages.bmp(width, height);
            case AVIF -> SampleImages.startingWith("\0\0\0 ftypavif");
            case HEIC -> SampleImages.startingWith("\0\0\0 ftypheic");
            case TIFF -> SampleImages.startingWith("II*\0");
            case SVG -> SampleImages.startingWith("<?xml version=\"1.0\"?>\n<svg width=\"9\">");
            case PDF -> SampleImages.startingWith("%PDF-1.7");
            case TEXT, OTHER -> SampleImages.startingWith("hello");
        };
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TEXT") // has no first bytes
    void everyFormatIsRecognised(MediaFormat format) {
        assertThat(ImageHeader.read(sample(format, 320, 320)).format()).isEqualTo(format);
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG", "WEBP", "BMP"})
    void theSizeIsRead(MediaFormat format) {
        ImageHeader header = ImageHeader.read(sample(format, 320, 240));
        assertThat(header.width()).isEqualTo(320);
        assertThat(header.height()).isEqualTo(240);
    }

    @Test
    void aProgressiveJpegIsRecognised() {
        ImageHeader header = ImageHeader.read(SampleImages.progressiveJpeg(320, 240));
        assertThat(header.width()).isEqualTo(320);
        assertThat(header.progressive()).isTrue();
        assertThat(ImageHeader.read(SampleImages.jpeg(320, 240)).progressive()).isFalse();
    }

    @Test
    void theSizeOfAJpegIsFoundAfterALargeProfile() {
        byte[] jpeg = SampleImages.jpeg(320, 240);
        byte[] profile = new byte[65_000];
        profile[0] = (byte) 0xFF;
        profile[1] = (byte) 0xE2;
        profile[2] = (byte) (64_998 >> 8);
        profile[3] = (byte) 64_998;
        byte[] all = new byte[jpeg.length + profile.length];
        System.arraycopy(jpeg, 0, all, 0, 2);
        System.arraycopy(profile, 0, all, 2, profile.length);
        System.arraycopy(jpeg, 2, all, 2 + profile.length, jpeg.length - 2);
        assertThat(ImageHeader.read(all).width()).isEqualTo(320);
    }

    @Test
    void aNegativeOrAbsurdSizeIsUnknown() {
        byte[] png = SampleImages.png(3, 3);
        png[16] = (byte) 0xFF;
        assertThat(ImageHeader.read(png)).isEqualTo(new ImageHeader(MediaFormat.PNG, 0, 0, false));
    }

    @ParameterizedTest
    @EnumSource
    void partsAndDamagedFilesAreReadWithoutAnError(MediaFormat format) {
        byte[] whole = sample(format, 64, 48);
        Random random = new Random(7);
        for (int length = 0; length < Math.min(120, whole.length); length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThat(ImageHeader.read(part).width()).isNotNegative();
            if (length > 12) {
                for (int i = 0; i < 20; i++) {
                    part[8 + random.nextInt(length - 8)] = (byte) random.nextInt();
                }
                assertThat(ImageHeader.read(part).height()).isNotNegative();
            }
        }
    }
}
