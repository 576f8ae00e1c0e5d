/**
 * Binds the settings, checks them at start, and builds the beans that routes name.
 */
@NullMarked
package dev.authmail.config;

import org.jspecify.annotations.NullMarked;
