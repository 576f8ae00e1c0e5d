/**
 * Makes and verifies the signed, expiring URL that stands in the mail. RFC 3986, RFC 2104.
 */
@NullMarked
package dev.authmail.authurl;

import org.jspecify.annotations.NullMarked;
