package io.sluice.lake.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class HmacSha256Test {
    @Test
    void signsAsTheJdkDoesWhereverTheBeginningEnds() throws Exception {
        // Keys below, at and above the block's length; the same message cut at any place.
        Random random = new Random(5);
        for (int keyBytes : new int[] {1, 32, 63, 64, 65, 200}) {
            byte[] key = new byte[keyBytes];
            random.nextBytes(key);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String message = "begin:" + "x".repeat(random.nextInt(200));
            byte[] expected = mac.doFinal(message.getBytes());

            for (int cut = 0; cut < message.length(); cut++) {
                HmacSha256 begun = HmacSha256.under(key).over(message.substring(0, cut));
                assertThat(Arrays.equals(begun.sign(message.substring(cut)), expected))
                        .isTrue();
                assertThat(begun.sign(message.substring(cut))).isEqualTo(expected);
            }
        }
    }
}
