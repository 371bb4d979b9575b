/** Results as tables, JSON and CSV. Start with {@link io.sluice.cli.show.Answer}. */
@NullMarked
package io.sluice.cli.show;

import org.jspecify.annotations.NullMarked;
