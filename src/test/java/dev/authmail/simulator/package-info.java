/** Mail providers as they behave on a bad day, on loopback: {@code docs/simulator.md}. */
package dev.authmail.simulator;
