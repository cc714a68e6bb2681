package dev.wharf.jobs;

import dev.wharf.datasets.Dataset;

/**
 * What a job reads.
 *
 * @param recipe as which it was asked for; null where that was the dataset itself
 */
public record JobInput(Dataset dataset, Recipe recipe) {
    /** A dataset that was asked for itself. */
    public static JobInput of(Dataset dataset) {
        return new JobInput(dataset, null);
    }

    /** After which the job, and by default its result, is called. */
    public String name() {
        return recipe == null ? dataset.name() : recipe.name();
    }

    Long recipeId() {
        return recipe == null ? null : recipe.id();
    }
}
