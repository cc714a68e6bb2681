package dev.wharf.engine.file;

/**
 * What is wrong with a line of a text file.
 *
 * @param line from 1
 * @param reason goes on after the file's name and the line
 */
public record LineFault(long line, String reason) {}
