/** Servers of our own that tests and the demo talk to: real sockets on loopback, and a script for what goes wrong. */
package dev.authmail.testkit;
