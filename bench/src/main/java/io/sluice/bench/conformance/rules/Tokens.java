package io.sluice.bench.conformance.rules;

/** Changes texts that carry a signature. */
final class Tokens {
    private Tokens() {}

    /**
     * With another letter some way before the end, where neither the padding of an encoding nor a trailing parameter
     * swallows the change.
     */
    static String tampered(String token) {
        int at = signaturePart(token) - 1;
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        return token.substring(0, at) + other + token.substring(at + 1);
    }

    /** The end of the longest run of letters and digits: in a URL that is its signature. */
    private static int signaturePart(String token) {
        int longest = 0;
        int end = token.length();
        int run = 0;
        for (int i = 0; i < token.length(); i++) {
            run = isOfSignature(token.charAt(i)) ? run + 1 : 0;
            if (run < longest) continue;
            longest = run;
            end = i + 1;
        }
        return Math.max(1, end - Math.min(4, longest - 1));
    }

    private static boolean isOfSignature(char letter) {
        return letter < 128 && (Character.isLetterOrDigit(letter) || letter == '-' || letter == '_');
    }
}
