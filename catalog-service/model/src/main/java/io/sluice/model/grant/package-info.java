/** Who may do what: securables and privileges, in the words of Unity Catalog. */
@NullMarked
package io.sluice.model.grant;

import org.jspecify.annotations.NullMarked;
