package dev.oriel.app.media;

import java.util.HexFormat;

/// The Huffman codes of the JPEG standard (ITU-T T.81, annex K.3), for one kind of component. Each
/// code is shifted left by 8 bits; the lowest byte is its length.
final class JpegCodes {
    static final JpegCodes LUMINANCE =
            new JpegCodes(
                    "00010501010101010100000000000000",
                    "000102030405060708090a0b",
                    "0002010303020403050504040000017d",
                    "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a"
                        + "161718191a25262728292a3435363738393a434445464748494a535455565758595a6364"
                        + "65666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6"
                        + "a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5"
                        + "e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa");

    static final JpegCodes CHROMINANCE =
            new JpegCodes(
                    "00030101010101010101010000000000",
                    "000102030405060708090a0b",
                    "00020102040403040705040400010277",
                    "0001020311040521310612415107617113223281081442"
                        + "91a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a43"
                        + "4445464748494a535455565758595a636465666768696a737475767778797a82838485"
                        + "868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5"
                        + "c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa");

    /// Receives a segment of the file.
    interface Segments {
        /// @param code of its marker
        void write(int code, int... content);
    }

    private final String means;
    private final String values;
    private final int[] meanCodes;
    private final int[] valueCodes;

    /// Each as numbers of codes by length, followed by what the codes mean, in hexadecimal.
    private JpegCodes(String meanCounts, String means, String valueCounts, String values) {
        this.means = meanCounts + means;
        this.values = valueCounts + values;
        this.meanCodes = codes(this.means);
        this.valueCodes = codes(this.values);
    }

    private static int[] codes(String table) {
        byte[] bytes = HexFormat.of().parseHex(table);
        int[] codes = new int[256];
        int code = 0;
        int at = 16;
        for (int length = 1; length <= 16; length++) {
            for (int i = 0; i < bytes[length - 1]; i++) {
                codes[bytes[at++] & 0xFF] = code++ << 8 | length;
            }
            code <<= 1;
        }
        return codes;
    }

    /// The codes of differences of means, by the length of the difference.
    int meanCode(int length) {
        return meanCodes[length];
    }

    /// The codes of all other values.
    ///
    /// @param symbol the number of zeros before it, and the length of the value
    int valueCode(int symbol) {
        return valueCodes[symbol];
    }

    /// Writes the tables.
    ///
    /// @param id of this kind of component
    void write(Segments segments, int id) {
        segments.write(0xC4, segment(id, means));
        segments.write(0xC4, segment(0x10 | id, values));
    }

    private static int[] segment(int id, String table) {
        byte[] bytes = HexFormat.of().parseHex(table);
        int[] content = new int[bytes.length + 1];
        content[0] = id;
        for (int i = 0; i < bytes.length; i++) {
            content[i + 1] = bytes[i] & 0xFF;
        }
        return content;
    }
}
