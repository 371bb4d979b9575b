/** Which server, as whom: flags, environment and profiles. Start with {@link io.sluice.cli.setting.Settings}. */
@NullMarked
package io.sluice.cli.setting;

import org.jspecify.annotations.NullMarked;
