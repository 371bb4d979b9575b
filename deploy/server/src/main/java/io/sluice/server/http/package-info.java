/** What all HTTP faces share: request ids, errors, forwarding to the owner, the hot path. */
@NullMarked
package io.sluice.server.http;

import org.jspecify.annotations.NullMarked;
