/**
 * What authmail does when everything around it breaks: a cluster and the packaged jar as processes, load, faults, and a
 * verdict. {@link dev.authmail.chaos.World} is what scenarios stand on.
 */
package dev.authmail.chaos;
