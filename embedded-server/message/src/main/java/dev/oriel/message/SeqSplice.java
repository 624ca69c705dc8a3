package dev.oriel.message;

/// Inserts `"seq":N` into the bytes of an object without parsing them.
final class SeqSplice {
    private static final byte[] SEQ = {'"', 's', 'e', 'q', '"', ':'};

    private SeqSplice() {}

    static byte[] insertSeq(byte[] object, long seq) {
        int brace = 0;
        while (object[brace] != '{') {
            brace++;
        }
        int next = brace + 1;
        while (isBlank(object[next])) {
            next++;
        }
        boolean empty = object[next] == '}';
        int digits = digits(seq);
        int extra = SEQ.length + digits + (empty ? 0 : 1);
        byte[] out = new byte[object.length - brace + extra];
        out[0] = '{';
        System.arraycopy(SEQ, 0, out, 1, SEQ.length);
        long rest = seq;
        for (int i = SEQ.length + digits; i > SEQ.length; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        if (!empty) {
            out[SEQ.length + digits + 1] = ',';
        }
        System.arraycopy(object, brace + 1, out, 1 + extra, object.length - brace - 1);
        return out;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static int digits(long n) {
        int d = 1;
        for (long limit = 10; d < 19 && n >= limit; limit *= 10) {
            d++;
        }
        return d;
    }
}
