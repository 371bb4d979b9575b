package io.sluice.server.api;

import io.sluice.model.failure.Failure;
import io.sluice.server.launch.SluiceConfig;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ruler of the benchmarks: bytes that cost nothing to find. Answers only while benchmarks are switched on. */
@Path("/api/1.0/sluice/constant/{length}")
@Produces(MediaType.APPLICATION_JSON)
public final class ConstantResource {
    private static final int LONGEST = 64 << 20;

    private final boolean isOn;
    private final Map<Integer, byte[]> answers = new ConcurrentHashMap<>();

    public ConstantResource(SluiceConfig config) {
        this.isOn = config.bench();
    }

    @GET
    @NonBlocking
    public byte[] answer(@PathParam("length") int length) {
        if (!isOn || length < 1 || length > LONGEST)
            throw Failure.notFound(Failure.Subject.ANYTHING, "There is nothing here.");
        return answers.computeIfAbsent(length, ConstantResource::digits);
    }

    /** A JSON number of that many digits. */
    private static byte[] digits(int length) {
        byte[] answer = new byte[length];
        Arrays.fill(answer, (byte) '1');
        return answer;
    }
}
