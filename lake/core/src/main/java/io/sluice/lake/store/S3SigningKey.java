package io.sluice.lake.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The key of Signature Version 4 for one secret, day and region, and the scope that signatures name it by. */
record S3SigningKey(String day, String scope, HmacSha256 key) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    static S3SigningKey derive(String secret, Instant at, String region) {
        String day = dayOf(at);
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String step : new String[] {day, region, "s3", "aws4_request"})
            key = HmacSha256.under(key).sign(step);
        return new S3SigningKey(day, day + "/" + region + "/s3/aws4_request", HmacSha256.under(key));
    }

    static String dayOf(Instant at) {
        return DAY.format(at);
    }
}
