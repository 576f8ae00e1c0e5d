/**
 * The commands of the jar, written {@code authmail <command>}.
 */
@NullMarked
package dev.authmail.command;

import org.jspecify.annotations.NullMarked;
