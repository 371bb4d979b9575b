package io.sluice.catalog.access;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * An issuer of OpenID Connect whose tokens are believed.
 *
 * @param issuer compared letter by letter, as is the audience
 * @param keys where its keys are; empty asks its discovery document
 * @param principalClaim names the user; empty takes the e-mail address, else the subject
 * @param groupsClaim names groups that the user is in; empty believes none
 * @param clockSkew how far its clock may be off
 */
public record TrustedIssuer(
        String issuer,
        String audience,
        Optional<URI> keys,
        Optional<String> principalClaim,
        Optional<String> groupsClaim,
        Duration clockSkew) {}
