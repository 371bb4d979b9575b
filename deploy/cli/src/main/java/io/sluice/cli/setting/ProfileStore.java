package io.sluice.cli.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Profiles as files that only their owner can read: {@code NAME.json} with server and token, and {@code current} with
 * the name of the one in use. A file is written beside its place and moved there, so a crash leaves the old or the new.
 */
public final class ProfileStore {
    private static final String SUFFIX = ".json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    public ProfileStore(Path folder) {
        this.folder = folder;
    }

    /** {@code $XDG_CONFIG_HOME/sluice}, or {@code ~/.config/sluice}. */
    public static ProfileStore ofUser(Map<String, String> environment, Path home) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base = configured.isBlank() ? home.resolve(".config") : Path.of(configured);
        return new ProfileStore(base.resolve("sluice"));
    }

    public Profile get(String name) {
        return find(name)
                .orElseThrow(() -> new CommandFailure(
                        Exit.NOT_FOUND,
                        "There is no profile \"%s\". Known: %s. Make one with: sluice login --name %s"
                                .formatted(name, names().isEmpty() ? "none" : String.join(", ", names()), name)));
    }

    public Optional<Profile> find(String name) {
        Path file = fileOf(name);
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            JsonNode json = JSON.readTree(file.toFile());
            return Optional.of(new Profile(
                    name,
                    Settings.parseServer(json.path("server").asText()),
                    json.path("token").asText()));
        } catch (IOException e) {
            throw new CommandFailure(
                    Exit.FAILURE, "The profile file %s cannot be read. Remove it and log in again.".formatted(file), e);
        }
    }

    /** The profile of that name, or the one in use. */
    public Profile getOrCurrent(Optional<String> name) {
        return get(name.or(this::currentName)
                .orElseThrow(
                        () -> CommandFailure.usage("No profile is in use. Name one, or log in with: sluice login")));
    }

    public Optional<Profile> current() {
        return currentName().flatMap(this::find);
    }

    public Optional<String> currentName() {
        Path file = folder.resolve("current");
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            return Optional.of(Files.readString(file).strip()).filter(Profile::isName);
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILURE, "The file %s cannot be read.".formatted(file), e);
        }
    }

    public List<String> names() {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .filter(Profile::isName)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILURE, "The folder %s cannot be read.".formatted(folder), e);
        }
    }

    public void save(Profile profile) {
        try {
            JsonNode json = JSON.createObjectNode()
                    .put("server", profile.server().toString())
                    .put("token", profile.token());
            write(fileOf(profile.name()), json.toPrettyString());
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    public void use(String name) {
        get(name);
        try {
            write(folder.resolve("current"), name);
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    public void remove(String name) {
        get(name);
        try {
            Files.delete(fileOf(name));
            if (currentName().filter(name::equals).isPresent()) Files.delete(folder.resolve("current"));
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    public Path fileOf(String name) {
        return folder.resolve(Profile.requireName(name) + SUFFIX);
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(folder, ownerOnly("rwx------"));
        Path draft = Files.createTempFile(folder, ".draft", ".tmp", ownerOnly("rw-------"));
        try {
            Files.writeString(draft, text + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!posix) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private CommandFailure notWritable(IOException cause) {
        return new CommandFailure(
                Exit.FAILURE, "The folder %s cannot be written: %s.".formatted(folder, cause.getMessage()), cause);
    }
}
