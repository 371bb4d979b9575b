package io.sluice.server.launch;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * What the launch asked for, for the framework and for {@link SluiceConfig}: our own keys as they were given, and the
 * framework's keys that follow from them. Stands above the environment, so that a validated file cannot be changed
 * from aside, and below system properties, where the framework itself writes the ports that it took.
 */
public final class LaunchSettings implements ConfigSource {
    private static final int ABOVE_ENVIRONMENT = 390;
    private static volatile Map<String, String> settings = Map.of();

    /** To be called once, before the framework starts. */
    public static void use(Launch launch) {
        settings = Map.copyOf(launch.settings());
    }

    @Override
    public int getOrdinal() {
        return ABOVE_ENVIRONMENT;
    }

    @Override
    public Set<String> getPropertyNames() {
        return settings.keySet();
    }

    @Override
    public @Nullable String getValue(String name) {
        return settings.get(name);
    }

    @Override
    public String getName() {
        return "the launch";
    }
}
