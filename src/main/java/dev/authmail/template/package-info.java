/**
 * Template and values to subject, text and HTML, escaped. {@link dev.authmail.template.TemplateRenderer} takes a
 * {@link dev.authmail.template.MailModel} and gives a {@link dev.authmail.template.Rendering}; FreeMarker stays inside.
 */
@NullMarked
package dev.authmail.template;

import org.jspecify.annotations.NullMarked;
