/** HTTPS to web servers that strangers name: bounded in time and octets, no redirect, only hosts that may be dialled. */
@NullMarked
package dev.authmail.https;

import org.jspecify.annotations.NullMarked;
