/**
 * Keys and sealed bytes. Knows nothing of tables: what a key protects is a scope, what is sealed under it is a
 * subject, both opaque strings. Start with {@link io.sluice.crypto.hierarchy.KeyHierarchy}; the layout of a sealed
 * object is written down in {@link io.sluice.crypto.seal.ObjectSealer}.
 */
@NullMarked
package io.sluice.crypto;

import org.jspecify.annotations.NullMarked;
