/**
 * Secret keys that stand in files, and the one thing done with them: HMAC-SHA256. RFC 2104.
 *
 * <p>A folder holds one use's keys, {@code <name>.key} each, as a mounted Secret of Kubernetes or plain files.
 */
@NullMarked
package dev.authmail.keys;

import org.jspecify.annotations.NullMarked;
