package io.sluice.sharing.recipient;

/** How a recipient shows who it is. The names are those of the hosted API. */
public enum AuthenticationType {
    /** With a bearer token from an activation link. */
    TOKEN(true),
    /** With a short-lived token, for an id and a secret from an activation link. */
    OAUTH_CLIENT_CREDENTIALS(true),
    /** With a token of its own identity provider, which a policy describes. */
    OIDC_FEDERATION(false);

    private final boolean isActivated;

    AuthenticationType(boolean isActivated) {
        this.isActivated = isActivated;
    }

    /** Whether there is something to be had by an activation link. */
    public boolean isActivated() {
        return isActivated;
    }
}
