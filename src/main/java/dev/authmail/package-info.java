/** The door: {@link dev.authmail.Authmail} runs the routes, or one command. */
@NullMarked
package dev.authmail;

import org.jspecify.annotations.NullMarked;
