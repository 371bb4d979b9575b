/** Hints from Kubernetes. Needs fabric8's kubernetes-client on the class path, which the module does not bring along. */
@NullMarked
package io.sluice.sharder.membership.kubernetes;

import org.jspecify.annotations.NullMarked;
