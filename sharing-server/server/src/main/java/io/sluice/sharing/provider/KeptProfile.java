package io.sluice.sharing.provider;

import io.sluice.sharing.recipient.AuthenticationType;

/**
 * A profile as it is stored: what of it may be shown, and the whole of it sealed.
 *
 * @param version of the profile's format
 * @param sealed in Base64
 */
public record KeptProfile(AuthenticationType type, int version, String endpoint, String sealed) {}
