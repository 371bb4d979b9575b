package io.sluice.server.pods;

import io.sluice.model.failure.Failure;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharder.grpc.ClusterSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What all pods of a cluster know, and seal with what they tell each other. Prints nothing of itself. */
public final class PodSecret {
    private static final String ALGORITHM = "HmacSHA256";

    private final String text;

    private PodSecret(String text) {
        this.text = text;
    }

    public static PodSecret of(String text) {
        return new PodSecret(text);
    }

    /** Of a pod that others are to know. */
    public static PodSecret read(SluiceConfig.Pod pod) {
        try {
            return of(Files.readString(pod.secretFile()
                            .orElseThrow(() -> Failure.invalid(
                                    "A pod of a cluster needs sluice.pod.secret-file: a file with the shared secret.")))
                    .trim());
        } catch (IOException e) {
            throw new UncheckedIOException("the cluster's secret cannot be read", e);
        }
    }

    /** For the sharder's own streams. */
    public ClusterSecret ofCluster() {
        return ClusterSecret.of(text);
    }

    /** @param kind so that no seal can be used for anything else */
    public String seal(String kind, byte[] sealed) {
        return HexFormat.of().formatHex(mac(kind, sealed));
    }

    public boolean isSeal(String seal, String kind, byte[] sealed) {
        try {
            return MessageDigest.isEqual(HexFormat.of().parseHex(seal), mac(kind, sealed));
        } catch (IllegalArgumentException notHex) {
            return false;
        }
    }

    private byte[] mac(String kind, byte[] sealed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((kind + "\n").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "secret of the pods";
    }
}
