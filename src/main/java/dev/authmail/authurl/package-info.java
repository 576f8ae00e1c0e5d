/**
 * Makes and verifies the signed, expiring URL that stands in the mail, and the one-time code that may stand beside it. RFC
 * 3986, RFC 2104.
 *
 * <p>{@link dev.authmail.authurl.AuthUrlSigner} signs with the newest of {@link dev.authmail.authurl.UrlKeys}. {@link
 * dev.authmail.authurl.AuthUrlVerifier} is for the application: one file that needs the JDK alone, to be copied, as is {@link
 * dev.authmail.authurl.OneTimeCodeVerifier}. The algorithms in words, and what a safe landing page does, stand in {@code
 * docs/verify.md}.
 */
@NullMarked
package dev.authmail.authurl;

import org.jspecify.annotations.NullMarked;
