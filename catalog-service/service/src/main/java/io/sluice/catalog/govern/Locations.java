package io.sluice.catalog.govern;

import io.sluice.model.failure.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;

/** Storage locations in the one form that may be compared: {@code file:///x}, no slash at the end, no dots inside. */
final class Locations {
    private Locations() {}

    static String normalised(String location) {
        URI uri = parsed(location);
        String path = uri.getPath();
        if (Arrays.asList(path.split("/")).contains("..")
                || Arrays.asList(path.split("/")).contains("."))
            throw Failure.invalid("The location %s has a '.' or '..' in its path. Write it out.", location);
        String text = uri.toString();
        if (uri.getScheme().equals("file")) text = "file://" + uri.getRawPath();
        while (text.endsWith("/")) text = text.substring(0, text.length() - 1);
        return text;
    }

    /** Whether the one lies in the other or is the other. Both normalised. */
    static boolean overlap(String location, String other) {
        return isWithin(location, other) || isWithin(other, location);
    }

    static boolean isWithin(String location, String folder) {
        return location.equals(folder) || location.startsWith(folder + "/");
    }

    private static URI parsed(String location) {
        try {
            URI uri = new URI(location);
            if (uri.getScheme() == null
                    || uri.getPath() == null
                    || uri.getPath().isEmpty())
                throw Failure.invalid(
                        "The location \"%s\" is not absolute. Write a URL such as s3://bucket/path or file:///path.",
                        location);
            return uri;
        } catch (URISyntaxException e) {
            throw Failure.invalid("The location \"%s\" is not a URL: %s.", location, e.getReason());
        }
    }
}
