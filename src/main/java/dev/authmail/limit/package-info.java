/** How many mails one recipient, domain or source may cause: against list bombing. */
@NullMarked
package dev.authmail.limit;

import org.jspecify.annotations.NullMarked;
