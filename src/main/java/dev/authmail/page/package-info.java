/**
 * The operator's page: what it shows, as HTML and SVG. Text in, text out; whatever comes in is escaped, and nothing on the
 * page runs or is fetched from anywhere.
 */
@NullMarked
package dev.authmail.page;

import org.jspecify.annotations.NullMarked;
