package io.sluice.catalog.snapshot;

/**
 * A change names something that is not there, because it was renamed while the change was on its way. The rows are
 * right, so what is in memory is read anew.
 */
final class OutOfPlaceException extends RuntimeException {
    OutOfPlaceException(Object name) {
        super(name + " is not there");
    }
}
