package dev.wharf.kernel.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that is all there is to an operation of the contract, so that it needs no route of its own. It may take who is
 * calling, the {@link Query}, the {@link RequestHead}, the {@link Answer}, {@link IfMatch}, the {@link RequestBody} and, by their names, the
 * parameters of the path and {@code executionId}; what it returns is the answer's JSON.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Operation {
    /** The {@code operationId}, or several. */
    String[] value();

    /** Whether it waits for stores, so that no more of them may be under way at one time than are allowed. */
    boolean waitsForStores() default false;
}
