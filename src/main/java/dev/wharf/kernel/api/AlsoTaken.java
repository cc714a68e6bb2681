package dev.wharf.kernel.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Fields that a body may have beside those of the record that reads it. All others are refused by name. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AlsoTaken {
    /** Fields of the v4 API that are not supported: taken where they ask for nothing (null, false, or empty). */
    String[] empty() default {};

    /** Fields whose value makes no difference here, and what clients send back of what they have read. */
    String[] any() default {};
}
