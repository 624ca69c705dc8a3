package dev.oriel.packaging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.batik.transcoder.SVGAbstractTranscoder;
import org.apache.batik.transcoder.TranscoderException;
import org.apache.batik.transcoder.TranscoderInput;
import org.apache.batik.transcoder.TranscoderOutput;
import org.apache.batik.transcoder.image.PNGTranscoder;

/// Writes every size and format of the program's icon from its one vector source.
///
/// The two container formats are written here: Commons Imaging writes neither several sizes in one
/// `.ico` nor PNGs above 128 pixels in an `.icns`.
final class IconFiles {
    private static final int[] PNG_SIZES = {16, 24, 32, 48, 64, 128, 256, 512};
    private static final int[] ICO_SIZES = {16, 24, 32, 48, 64, 256};
    private static final int ICO_ENTRY = 16;
    private static final int ICO_HEAD = 6;

    /// Apple's names for sizes in an `.icns` file, each a PNG.
    private static final Map<String, Integer> ICNS = new LinkedHashMap<>();

    static {
        ICNS.put("icp4", 16);
        ICNS.put("icp5", 32);
        ICNS.put("icp6", 64);
        ICNS.put("ic07", 128);
        ICNS.put("ic08", 256);
        ICNS.put("ic09", 512);
    }

    private final byte[] svg;

    IconFiles(Path source) throws IOException {
        svg = Files.readAllBytes(source);
    }

    /// Writes `SIZE/oriel.png`, `oriel.svg`, `oriel.ico` and `oriel.icns`.
    ///
    /// @return the file that jpackage needs on this system
    Path write(Path folder, TargetSystem system) throws IOException {
        BuildFolders.createEmpty(folder);
        for (int size : PNG_SIZES) {
            Path sized = Files.createDirectories(folder.resolve(size + "x" + size));
            Files.write(sized.resolve("oriel.png"), png(size));
        }
        Files.write(folder.resolve("oriel.svg"), svg);
        Files.write(folder.resolve("oriel.ico"), ico());
        Files.write(folder.resolve("oriel.icns"), icns());
        return switch (system) {
            case LINUX -> folder.resolve("512x512/oriel.png");
            case WINDOWS -> folder.resolve("oriel.ico");
            case MACOS -> folder.resolve("oriel.icns");
        };
    }

    private byte[] png(int size) throws IOException {
        var transcoder = new PNGTranscoder();
        transcoder.addTranscodingHint(SVGAbstractTranscoder.KEY_WIDTH, (float) size);
        transcoder.addTranscodingHint(SVGAbstractTranscoder.KEY_HEIGHT, (float) size);
        var out = new ByteArrayOutputStream();
        try {
            transcoder.transcode(
                    new TranscoderInput(new ByteArrayInputStream(svg)), new TranscoderOutput(out));
        } catch (TranscoderException e) {
            throw new IOException("the icon cannot be rendered", e);
        }
        return out.toByteArray();
    }

    /// The Windows format: a directory followed by PNGs, which Windows reads since Vista.
    private byte[] ico() throws IOException {
        List<byte[]> images = new ArrayList<>();
        for (int size : ICO_SIZES) {
            images.add(png(size));
        }
        int offset = ICO_HEAD + ICO_ENTRY * images.size();
        int length = offset + images.stream().mapToInt(p -> p.length).sum();
        ByteBuffer ico = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        ico.putShort((short) 0).putShort((short) 1).putShort((short) images.size());
        for (int i = 0; i < images.size(); i++) {
            byte edge = (byte) ICO_SIZES[i]; // 256 is written as 0
            ico.put(edge).put(edge).put((byte) 0).put((byte) 0);
            ico.putShort((short) 1).putShort((short) 32);
            ico.putInt(images.get(i).length).putInt(offset);
            offset += images.get(i).length;
        }
        images.forEach(ico::put);
        return ico.array();
    }

    /// Apple's format: each image preceded by its type and length.
    private byte[] icns() throws IOException {
        var body = new ByteArrayOutputStream();
        for (var each : ICNS.entrySet()) {
            chunk(body, each.getKey(), png(each.getValue()));
        }
        var file = new ByteArrayOutputStream();
        chunk(file, "icns", body.toByteArray());
        return file.toByteArray();
    }

    private static void chunk(OutputStream out, String name, byte[] data) throws IOException {
        out.write(name.getBytes(StandardCharsets.US_ASCII));
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(data.length + 8).array());
        out.write(data);
    }
}
