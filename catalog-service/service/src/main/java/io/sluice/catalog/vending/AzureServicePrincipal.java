package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.util.regex.Pattern;

/**
 * An application of a tenant that may delegate its rights on a storage account.
 *
 * @param account the storage account, without its domain
 */
public record AzureServicePrincipal(String tenantId, String clientId, String clientSecret, String account)
        implements StorageIdentity {
    /** It becomes part of an address: nothing in it may lead elsewhere. */
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,127}");

    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");

    public AzureServicePrincipal {
        if (!TENANT.matcher(tenantId).matches())
            throw Failure.invalid("\"%s\" is not a tenant of Azure. Give its id or its domain.", tenantId);
        if (!ACCOUNT.matcher(account).matches())
            throw Failure.invalid(
                    "\"%s\" is not a storage account of Azure. Give 3 to 24 lower-case letters and digits, without the"
                            + " domain.",
                    account);
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "AzureServicePrincipal[" + clientId + " of " + tenantId + " for " + account + "]";
    }
}
