/**
 * Shares tables with recipients by the open Delta Sharing protocol. Who may read what is {@code share} and {@code
 * recipient}, with {@code oauth} and {@code federation} for those who bring no bearer token of
 * ours; what others share with us is {@code provider}; what a recipient is answered is {@code query}, starting with {@link
 * io.sluice.sharing.query.SharingProtocol}; the bytes behind the answered URLs are {@code files}, starting with {@link
 * io.sluice.sharing.files.RangeGateway}; how all of it is spelled is {@code wire}. The HTTP face is {@code rest}.
 */
@NullMarked
package io.sluice.sharing;

import org.jspecify.annotations.NullMarked;
