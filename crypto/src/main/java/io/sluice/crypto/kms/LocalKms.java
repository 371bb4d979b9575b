package io.sluice.crypto.kms;

import io.sluice.crypto.kms.KmsException.Kind;
import io.sluice.crypto.secret.SecretAccess;
import io.sluice.crypto.secret.SecretBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A key service in a folder, for trying out: one file for each master key, readable by its owner alone. A key is named
 * {@code local-kms://NAME}. What the cloud services enforce, this one enforces too: a disabled key neither wraps nor
 * unwraps, and a wrapping opens only with its context.
 */
public final class LocalKms implements KeyService {
    private static final String SCHEME = "local-kms://";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int KEY_BYTES = 32;

    private final Path folder;

    public LocalKms(Path folder) {
        this.folder = folder;
    }

    private record MasterKey(State state, SecretBytes secret) {}

    /** Makes a master key; one that exists already is kept as it is. Answers its URI. */
    public synchronized String create(String name) {
        String uri = SCHEME + name;
        Path file = file(uri);
        if (!Files.exists(file)) store(file, new MasterKey(State.ENABLED, SecretBytes.random(KEY_BYTES)), false);
        return uri;
    }

    public synchronized void enable(String keyUri) {
        store(file(keyUri), new MasterKey(State.ENABLED, load(keyUri).secret()), true);
    }

    public synchronized void disable(String keyUri) {
        store(file(keyUri), new MasterKey(State.DISABLED, load(keyUri).secret()), true);
    }

    @Override
    public byte[] wrap(String keyUri, SecretBytes plain, KeyContext context) {
        try (SecretBytes master = usable(keyUri)) {
            return Aead.wrap(master, plain, context);
        }
    }

    @Override
    public SecretBytes unwrap(String keyUri, byte[] wrapped, KeyContext context) {
        try (SecretBytes master = usable(keyUri)) {
            return Aead.unwrap(master, wrapped, context);
        }
    }

    @Override
    public State describe(String keyUri) {
        return load(keyUri).state();
    }

    private SecretBytes usable(String keyUri) {
        MasterKey key = load(keyUri);
        if (key.state() == State.DISABLED) throw new KmsException(Kind.DENIED, "the key " + keyUri + " is disabled");
        return key.secret();
    }

    private MasterKey load(String keyUri) {
        try {
            List<String> lines = Files.readAllLines(file(keyUri));
            if (lines.size() != 2) throw new KmsException(Kind.CORRUPT, "the file of " + keyUri + " is damaged");
            return new MasterKey(
                    State.valueOf(lines.get(0)),
                    SecretBytes.taking(Base64.getDecoder().decode(lines.get(1))));
        } catch (NoSuchFileException e) {
            throw new KmsException(Kind.DENIED, "there is no key " + keyUri + "; create it first");
        } catch (IllegalArgumentException e) {
            throw new KmsException(Kind.CORRUPT, "the file of " + keyUri + " is damaged");
        } catch (IOException e) {
            throw new KmsException(Kind.UNREACHABLE, "the key folder cannot be read", e);
        }
    }

    private Path file(String keyUri) {
        String name = keyUri.startsWith(SCHEME) ? keyUri.substring(SCHEME.length()) : "";
        if (!NAME.matcher(name).matches())
            throw new KmsException(
                    Kind.DENIED, "\"" + keyUri + "\" is not a local key: write local-kms://NAME, lower-case");
        return folder.resolve(name + ".cmk");
    }

    /** @param replaces false leaves a key alone that another process made meanwhile */
    private void store(Path file, MasterKey key, boolean replaces) {
        String text = key.state() + "\n"
                + Base64.getEncoder().encodeToString(key.secret().expose(SecretAccess.WRAPPING)) + "\n";
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path draft = Files.createTempFile(
                    folder,
                    ".cmk",
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, text);
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            if (replaces) Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            else linkIfAbsent(draft, file);
        } catch (IOException e) {
            throw new UncheckedIOException("the key folder cannot be written", e);
        }
    }

    /** A link is made or not made at once, and never takes another's place. */
    private static void linkIfAbsent(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Somebody was faster; theirs is the key.
        } finally {
            Files.delete(draft);
        }
    }
}
