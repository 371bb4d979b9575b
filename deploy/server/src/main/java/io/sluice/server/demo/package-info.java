/** The small world that dev starts with, made by code from a fixed seed. */
@NullMarked
package io.sluice.server.demo;

import org.jspecify.annotations.NullMarked;
