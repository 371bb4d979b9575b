/** How requests and answers are spelled: JSON, lines, headers, errors. */
@NullMarked
package io.sluice.sharing.wire;

import org.jspecify.annotations.NullMarked;
