package dev.oriel.app.controls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The tables of an OpenType font that its characters and ligatures need.
final class OpenTypeTables {
    private static final int LIGATURE = 4;

    private final ByteBuffer font;
    private final Map<String, ByteBuffer> tables = new TreeMap<>();

    OpenTypeTables(byte[] bytes) {
        font = ByteBuffer.wrap(bytes);
        int count = u16(font, 4);
        for (int i = 0; i < count; i++) {
            int at = 12 + 16 * i;
            String tag = new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
            tables.put(tag, font.slice(font.getInt(at + 8), font.getInt(at + 12)));
        }
    }

    /// The glyph of each character, from the `cmap` subtable for all of Unicode (format 12).
    Map<Integer, Integer> glyphs() {
        ByteBuffer cmap = table("cmap");
        Map<Integer, Integer> glyphs = new HashMap<>();
        for (int i = 0; i < u16(cmap, 2); i++) {
            int at = cmap.getInt(8 + 8 * i);
            if (u16(cmap, at) == 12) {
                for (int g = 0; g < cmap.getInt(at + 12); g++) {
                    int group = at + 16 + 12 * g;
                    int first = cmap.getInt(group);
                    for (int c = first; c <= cmap.getInt(group + 4); c++) {
                        glyphs.put(c, cmap.getInt(group + 8) + c - first);
                    }
                }
                break;
            }
        }
        return glyphs;
    }

    int glyphCount() {
        return u16(table("maxp"), 4);
    }

    /// The glyphs that replace several others, from the ligature lookups (`GSUB` type 4) of all
    /// features.
    Map<List<Integer>, Integer> ligatures() {
        ByteBuffer gsub = table("GSUB");
        int features = u16(gsub, 6);
        int lookups = u16(gsub, 8);
        Map<List<Integer>, Integer> ligatures = new HashMap<>();
        for (int i = 0; i < u16(gsub, features); i++) {
            int feature = features + u16(gsub, features + 6 + 6 * i);
            for (int l = 0; l < u16(gsub, feature + 2); l++) {
                int index = u16(gsub, feature + 4 + 2 * l);
                int lookup = lookups + u16(gsub, lookups + 2 + 2 * index);
                if (u16(gsub, lookup) == LIGATURE) {
                    for (int s = 0; s < u16(gsub, lookup + 4); s++) {
                        subtable(gsub, lookup + u16(gsub, lookup + 6 + 2 * s), ligatures);
                    }
                }
            }
        }
        return ligatures;
    }

    private static void subtable(ByteBuffer gsub, int at, Map<List<Integer>, Integer> into) {
        List<Integer> firsts = covered(gsub, at + u16(gsub, at + 2));
        for (int i = 0; i < u16(gsub, at + 4); i++) {
            int set = at + u16(gsub, at + 6 + 2 * i);
            for (int j = 0; j < u16(gsub, set); j++) {
                int ligature = set + u16(gsub, set + 2 + 2 * j);
                List<Integer> parts = new ArrayList<>();
                parts.add(firsts.get(i));
                for (int k = 1; k < u16(gsub, ligature + 2); k++) {
                    parts.add(u16(gsub, ligature + 2 + 2 * k));
                }
                into.putIfAbsent(List.copyOf(parts), u16(gsub, ligature));
            }
        }
    }

    private static List<Integer> covered(ByteBuffer gsub, int at) {
        List<Integer> glyphs = new ArrayList<>();
        int count = u16(gsub, at + 2);
        boolean ranges = u16(gsub, at) == 2;
        for (int i = 0; i < count; i++) {
            int entry = at + 4 + (ranges ? 6 : 2) * i;
            int last = ranges ? u16(gsub, entry + 2) : u16(gsub, entry);
            for (int g = u16(gsub, entry); g <= last; g++) {
                glyphs.add(g);
            }
        }
        return glyphs;
    }

    /// The font under another name, with the glyphs from 0 on mapped to the characters from
    /// `firstCharacter` on, and no other characters.
    ///
    /// @param bold whether the font declares itself bold; its glyphs stay the same
    byte[] remapped(String family, int firstCharacter, boolean bold) {
        Map<String, ByteBuffer> out = new TreeMap<>(tables);
        out.keySet().removeAll(List.of("GSUB", "GPOS", "GDEF", "STAT", "vhea", "vmtx"));
        out.put("cmap", characters(firstCharacter));
        out.put("name", names(family, bold ? "Bold" : "Regular"));
        if (bold) {
            out.put("OS/2", bold(table("OS/2")));
        }
        int header = 12 + 16 * out.size();
        int size = header + out.values().stream().mapToInt(t -> padded(t.capacity())).sum();
        ByteBuffer all = ByteBuffer.allocate(size);
        int power = Integer.highestOneBit(out.size());
        all.putInt(font.getInt(0)).putShort((short) out.size()).putShort((short) (16 * power));
        all.putShort((short) Integer.numberOfTrailingZeros(power));
        all.putShort((short) (16 * (out.size() - power)));
        int at = header;
        for (Map.Entry<String, ByteBuffer> table : out.entrySet()) {
            ByteBuffer content = table.getValue().duplicate().rewind();
            int length = content.remaining();
            all.put(at, content, 0, length);
            int sum = 0;
            for (int i = at; i < at + length; i += 4) {
                sum += all.getInt(i);
            }
            all.put(table.getKey().getBytes(StandardCharsets.ISO_8859_1));
            all.putInt(sum).putInt(at).putInt(length);
            at += padded(length);
        }
        return all.array();
    }

    private ByteBuffer characters(int first) {
        ByteBuffer cmap = ByteBuffer.allocate(40);
        cmap.putShort((short) 0).putShort((short) 1);
        cmap.putShort((short) 3).putShort((short) 10).putInt(12);
        cmap.putShort((short) 12).putShort((short) 0).putInt(28).putInt(0).putInt(1);
        return cmap.putInt(first).putInt(first + glyphCount() - 1).putInt(0);
    }

    private static ByteBuffer bold(ByteBuffer table) {
        ByteBuffer copy = ByteBuffer.allocate(table.capacity());
        copy.put(0, table, 0, table.capacity());
        copy.putShort(4, (short) 700);
        int selection = u16(copy, 62);
        return copy.putShort(62, (short) ((selection & ~0x40) | 0x20));
    }

    private static ByteBuffer names(String family, String style) {
        String full = style.equals("Regular") ? family : family + " " + style;
        Map<Integer, String> texts =
                new TreeMap<>(Map.of(1, family, 2, style, 4, full, 6, full.replace(' ', '-')));
        int strings = 6 + 12 * texts.size();
        ByteBuffer names =
                ByteBuffer.allocate(strings + 2 * String.join("", texts.values()).length());
        names.putShort((short) 0).putShort((short) texts.size()).putShort((short) strings);
        int at = 0;
        for (Map.Entry<Integer, String> each : texts.entrySet()) {
            byte[] text = each.getValue().getBytes(StandardCharsets.UTF_16BE);
            names.putShort((short) 3).putShort((short) 1).putShort((short) 0x409);
            names.putShort(each.getKey().shortValue()).putShort((short) text.length);
            names.putShort((short) at);
            names.put(strings + at, text);
            at += text.length;
        }
        return names.rewind();
    }

    private ByteBuffer table(String tag) {
        ByteBuffer table = tables.get(tag);
        if (table == null) {
            throw new IllegalArgumentException("a font without the table " + tag);
        }
        return table;
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    private static int u16(ByteBuffer from, int at) {
        return Short.toUnsignedInt(from.getShort(at));
    }
}
