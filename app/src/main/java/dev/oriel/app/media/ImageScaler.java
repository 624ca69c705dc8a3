package dev.oriel.app.media;

import java.util.Arrays;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;

/// Scales images that are in memory already, such as one of the clipboard. Each pixel is the
/// average of the pixels under it. For a background thread.
public final class ImageScaler {
    private ImageScaler() {}

    /// @param edge the greatest width and height, pixels
    /// @return the image itself if it is not larger
    public static Image fit(Image image, int edge) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        double scale = (double) edge / Math.max(width, height);
        if (scale >= 1) {
            return image;
        }
        int toWidth = Math.max(1, (int) Math.round(width * scale));
        int toHeight = Math.max(1, (int) Math.round(height * scale));
        WritableImage out = new WritableImage(toWidth, toHeight);
        PixelReader in = image.getPixelReader();
        int[] row = new int[width];
        int[] scaled = new int[toWidth];
        // Sums of alpha, and of red, green and blue times alpha.
        long[] sums = new long[toWidth * 4];
        int[] counts = new int[toWidth];
        int y = 0;
        for (int to = 0; to < toHeight; to++) {
            int end = (int) ((to + 1L) * height / toHeight);
            Arrays.fill(sums, 0);
            Arrays.fill(counts, 0);
            for (; y < end; y++) {
                in.getPixels(0, y, width, 1, PixelFormat.getIntArgbInstance(), row, 0, width);
                add(row, sums, counts);
            }
            for (int x = 0; x < toWidth; x++) {
                scaled[x] = average(sums, x * 4, counts[x]);
            }
            out.getPixelWriter()
                    .setPixels(
                            0,
                            to,
                            toWidth,
                            1,
                            PixelFormat.getIntArgbInstance(),
                            scaled,
                            0,
                            toWidth);
        }
        return out;
    }

    private static void add(int[] row, long[] sums, int[] counts) {
        int width = row.length;
        for (int x = 0; x < width; x++) {
            int to = (int) ((long) x * counts.length / width);
            int argb = row[x];
            int alpha = argb >>> 24;
            sums[to * 4] += alpha;
            sums[to * 4 + 1] += (long) alpha * (argb >> 16 & 0xFF);
            sums[to * 4 + 2] += (long) alpha * (argb >> 8 & 0xFF);
            sums[to * 4 + 3] += (long) alpha * (argb & 0xFF);
            counts[to]++;
        }
    }

    private static int average(long[] sums, int at, int count) {
        long alpha = sums[at];
        if (alpha == 0 || count == 0) {
            return 0;
        }
        int a = (int) (alpha / count);
        int r = (int) (sums[at + 1] / alpha);
        int g = (int) (sums[at + 2] / alpha);
        int b = (int) (sums[at + 3] / alpha);
        return a << 24 | r << 16 | g << 8 | b;
    }
}
