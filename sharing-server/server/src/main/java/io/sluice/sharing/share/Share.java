package io.sluice.sharing.share;

import io.sluice.sharing.Authorship;
import java.util.Optional;

public record Share(
        ShareId id, ShareName name, String owner, Optional<String> comment, UrlLife urlLife, Authorship authorship) {}
