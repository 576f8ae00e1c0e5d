/**
 * What strangers can send, in the hands of a fuzzer. Run by hand, {@code bench/fuzz}; an input that was found becomes a
 * fixture of the parser's own tests.
 */
package dev.authmail.fuzz;
