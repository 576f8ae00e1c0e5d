/**
 * Which TLS a domain says that its mail hosts must give: the record that announces a policy, the policy, and the policies
 * that are known. RFC 8461 (MTA-STS).
 */
@NullMarked
package dev.authmail.mtasts;

import org.jspecify.annotations.NullMarked;
