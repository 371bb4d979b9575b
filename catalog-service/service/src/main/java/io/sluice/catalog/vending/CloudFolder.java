package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder in a cloud's store: what a credential is confined to. Its path is taken letter by letter. Clients do not
 * agree on whether a {@code %41} in a location is an {@code A}, nor on what {@code //} and {@code ..} lead to; a grant
 * on the one reading must not open the other, so locations with two readings get no credentials at all.
 *
 * @param container the bucket or container
 * @param account the storage account; empty where there is none
 * @param path without a slash at either end; never empty, since a whole bucket is nobody's folder
 */
public record CloudFolder(Cloud cloud, String container, String account, String path) {
    private static final Pattern LOCATION = Pattern.compile("(s3|gs|abfss)://([^/]+)/(.+?)/?", Pattern.DOTALL);
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,220}[A-Za-z0-9]");
    private static final Pattern ON_AZURE =
            Pattern.compile("([a-z0-9$][a-z0-9-]{1,61}[a-z0-9])@([a-z0-9]{3,24})\\.dfs\\.core\\.windows\\.net");
    private static final Pattern AMBIGUOUS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029%\\\\?#]");

    /** Clouds, by what their locations begin with. */
    public enum Cloud {
        S3,
        AZURE,
        GOOGLE
    }

    public CloudFolder {
        boolean hasOneReading = !AMBIGUOUS.matcher(path).find()
                && StandardCharsets.UTF_8.newEncoder().canEncode(path)
                && Arrays.stream(path.split("/", -1))
                        .noneMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
        if (!hasOneReading)
            throw Failure.invalid(
                    "Clients differ in how they read the path \"%s\", so no credentials are given for it. Use a location"
                            + " without %%, ?, #, backslashes, control characters and empty segments.",
                    path);
    }

    static CloudFolder parse(String location) {
        Matcher parts = LOCATION.matcher(location);
        if (!parts.matches())
            throw Failure.unsupported(
                    "Credentials are given for folders, written as s3://bucket/folder, gs://bucket/folder or"
                            + " abfss://container@account.dfs.core.windows.net/folder. %s is none of these. Read the data"
                            + " through a share.",
                    location);
        String authority = parts.group(2);
        String path = parts.group(3);
        return switch (parts.group(1)) {
            case "s3" -> new CloudFolder(Cloud.S3, bucket(authority), "", path);
            case "gs" -> new CloudFolder(Cloud.GOOGLE, bucket(authority), "", path);
            default -> onAzure(authority, path);
        };
    }

    /** What the names of all objects in this folder begin with: without the slash, neighbours would match too. */
    String prefix() {
        return path + "/";
    }

    /** The location, without a slash at the end. */
    public String text() {
        return switch (cloud) {
            case S3 -> "s3://" + container + "/" + path;
            case GOOGLE -> "gs://" + container + "/" + path;
            case AZURE -> "abfss://" + container + "@" + account + ".dfs.core.windows.net/" + path;
        };
    }

    @Override
    public String toString() {
        return text();
    }

    private static String bucket(String authority) {
        if (BUCKET.matcher(authority).matches()) return authority;
        throw Failure.invalid("\"%s\" is not the name of a bucket.", authority);
    }

    private static CloudFolder onAzure(String authority, String path) {
        Matcher parts = ON_AZURE.matcher(authority);
        if (parts.matches()) return new CloudFolder(Cloud.AZURE, parts.group(1), parts.group(2), path);
        throw Failure.invalid(
                "\"%s\" names no container and account. Write container@account.dfs.core.windows.net.", authority);
    }
}
