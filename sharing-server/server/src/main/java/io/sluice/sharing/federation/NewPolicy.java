package io.sluice.sharing.federation;

import java.util.List;
import java.util.Optional;

/**
 * @param name its id, unless given
 * @param audiences our own address, unless given
 */
public record NewPolicy(
        Optional<String> name,
        Optional<String> comment,
        String issuer,
        List<String> audiences,
        String subjectClaim,
        String subject) {}
