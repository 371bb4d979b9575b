package io.sluice.model.place;

/** The way bytes take, from where they are stored to where they are wanted. */
public record Lane(Region from, Region to) {
    @Override
    public String toString() {
        return from + "->" + to;
    }
}
