/**
 * Template and values to subject, text and HTML, escaped.
 */
@NullMarked
package dev.authmail.template;

import org.jspecify.annotations.NullMarked;
