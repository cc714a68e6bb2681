package dev.wharf.engine;

/** Whether the first row of a delimited text file holds the names of the columns. */
public enum HeaderRow {
    /** Decided from the first rows of all files: text above numbers or dates, or the same first row in every file. */
    DETECTED,
    /** Every file begins with the same names. */
    PRESENT,
    /** Every row is data; the columns are called {@code column1}, {@code column2} and so on. */
    ABSENT
}
