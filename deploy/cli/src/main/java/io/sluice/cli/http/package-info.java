/** The server over HTTP, and nothing else. Start with {@link io.sluice.cli.http.SluiceServer}. */
@NullMarked
package io.sluice.cli.http;

import org.jspecify.annotations.NullMarked;
